"""Tools, sources, and the command itself."""

import json
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from _pytest.monkeypatch import MonkeyPatch
from click.testing import CliRunner
from web_site import web_site

from ogi.cli import main
from ogi.warehouse.doctor import examine as examine_module
from ogi.warehouse.doctor import sources, tools
from ogi.warehouse.home import Home


def test_the_versions_fit_here(examine) -> None:
    assert [status for status, *_ in examine(tools.versions)] == ["ok"]


def test_a_library_of_another_version_or_none_is_named(examine, monkeypatch: MonkeyPatch) -> None:
    actual = tools.version

    def version(name: str) -> str:
        if name == "prefect":
            raise PackageNotFoundError(name)
        return "1.0.0" if name == "duckdb" else actual(name)

    monkeypatch.setattr(tools, "version", version)
    [(status, found, _)] = examine(tools.versions)
    assert status == "mend"
    assert "duckdb 1.0.0" in found
    assert "prefect 没有安装" in found


@pytest.mark.parametrize(
    ("check", "how"),
    [("office", "libreoffice-writer"), ("recognition", "[ocr]"), ("chinese_font", "fonts-noto-cjk")],
)
def test_a_tool_that_is_missing_is_advice_with_its_installation(
    examine, monkeypatch: MonkeyPatch, check: str, how: str
) -> None:
    nothing = "/bin/true" if check == "chinese_font" else None
    monkeypatch.setattr(tools.shutil, "which", lambda _: nothing)
    monkeypatch.setattr(tools, "find_spec", lambda _: None)
    [(status, _, mend)] = examine(getattr(tools, check))
    assert (status, how in mend) == ("advice", True)


def test_each_source_has_its_verdict(examine, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "in" / "a.txt").touch()
    (tmp_path / "urls.txt").write_text("https://example.org/a\nnonsense\n", encoding="utf-8")
    declared = [{"name": name, "folder": tmp_path / name} for name in ("in", "empty", "gone")]
    declared.append({"name": "web", "url_file": tmp_path / "urls.txt"})
    declared.append({"name": "no list", "url_file": tmp_path / "gone.txt"})
    found = [status for status, *_ in examine(sources.sources, source=declared)]
    assert found == ["ok", "advice", "mend", "mend", "ok", "mend"]


def test_web_sites_are_asked_online_only(examine, home: Home) -> None:
    with web_site() as site:
        site.give("/a.txt", b"one")
        settings = {
            "source": [{"name": "web", "urls": [site.url("/a.txt"), "http://127.0.0.1:1/a"]}],
            "fetch": {"allow_private_addresses": True, "ports": [1, site.port], "delay_seconds": 0},
        }
        assert [status for status, *_ in examine(sources.sources, **settings)] == ["ok"]
        assert site.asked == []
        online = [status for status, *_ in examine(sources.sources, online=True, **settings)]
    assert sorted(online) == ["mend", "ok"]
    assert not home.landing.exists()


@pytest.mark.parametrize(("alert", "status"), [({}, "advice"), ({"email": "a@example.org"}, "ok")])
def test_a_night_that_nobody_is_told_of_is_advice(examine, alert: dict, status: str) -> None:
    assert [found for found, *_ in examine(sources.receivers, alert=alert)] == [status]


def run(home: Home, *arguments: str) -> tuple[int, list[dict]]:
    result = CliRunner().invoke(
        main, ["doctor", "--format", "json", *arguments], env={"OGI_HOME": str(home.root)}
    )
    return result.exit_code, json.loads(result.stdout)


def test_the_command_exits_0_where_nothing_must_be_mended(home: Home) -> None:
    code, verdicts = run(home)
    assert [verdict["check"] for verdict in verdicts if verdict["status"] == "mend"] == []
    assert code == 0


def test_the_command_exits_1_and_says_how_to_mend(home: Home) -> None:
    home.ledger.write_bytes(b"no database" * 1000)
    code, verdicts = run(home)
    assert code == 1
    assert [(v["check"], bool(v["mend"])) for v in verdicts if v["status"] == "mend"] == [("ledger", True)]
    text = CliRunner().invoke(main, ["doctor"], env={"OGI_HOME": str(home.root)}).stdout
    assert "✗ 台账" in text
    assert "    → 移走它" in text


def test_the_command_changes_nothing(tmp_path: Path) -> None:
    run(Home(tmp_path / "nowhere"))
    assert not (tmp_path / "nowhere").exists()


def test_settings_that_are_wrong_are_the_first_thing_to_mend(
    home: Home, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    (tmp_path / "ogi.toml").write_text("hom = 1", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, [verdict] = run(home)
    assert (code, verdict["check"], verdict["status"]) == (1, "settings", "mend")


def test_a_check_that_breaks_down_stops_no_other(home: Home, monkeypatch: MonkeyPatch) -> None:
    def faint(_: object) -> None:
        raise RuntimeError("unwell")

    monkeypatch.setattr(examine_module, "CHECKS", (faint, *examine_module.CHECKS))
    _, [first, *others] = run(home)
    assert (first["status"], "unwell" in first["found"]) == ("mend", True)
    assert len(others) >= len(examine_module.CHECKS) - 2
