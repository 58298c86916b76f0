from pathlib import Path

from click.testing import CliRunner

from ogi.cli import main


def test_the_command_writes_inbox_and_truth_and_says_where(tmp_path: Path):
    out = tmp_path / "corpus"
    result = CliRunner().invoke(main, ["demo", str(out), "--reports", "3", "--seed", "2", "--as", "parsed"])
    assert result.exit_code == 0
    assert str(out / "inbox") in result.output
    assert len((out / "truth.jsonl").read_bytes().splitlines()) == 3


def test_the_command_does_not_write_over_a_corpus(tmp_path: Path):
    arguments = ["demo", str(tmp_path), "--reports", "1", "--as", "parsed"]
    CliRunner().invoke(main, arguments)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "holds a corpus already" in result.stderr
