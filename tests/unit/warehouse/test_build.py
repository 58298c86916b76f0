"""What dbt hands back becomes one plain sentence, and an interruption stays one."""

from pathlib import Path

import pytest
from dbt.cli.main import dbtRunner, dbtRunnerResult

from ogi.warehouse.build import BuildFailed, build_models


def ends_with(exception: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let dbt end before any model, with this exception kept in its result."""
    outcome = dbtRunnerResult(success=False, exception=exception)
    monkeypatch.setattr(dbtRunner, "invoke", lambda _runner, _arguments: outcome)


def test_an_interruption_is_no_failure_of_the_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends_with(KeyboardInterrupt(), monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        build_models(tmp_path, is_full=True)


def test_an_error_without_words_is_named_by_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends_with(MemoryError(), monkeypatch)
    with pytest.raises(BuildFailed, match="模型无法构建：MemoryError"):
        build_models(tmp_path, is_full=True)
