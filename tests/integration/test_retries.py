"""What may pass is tried again, in the flow that the schedule runs; what would fail again is not."""

from pathlib import Path

import pytest
from integration.command_line import run_ogi

pytestmark = pytest.mark.integration

# The stages are stand-ins that write down when they run; the flow and its server are real
_CODE = """
import sys
from pathlib import Path

from flows.start import _prefect
from ogi.settings.model import Settings
from ogi.warehouse.errors import NotThere
from ogi.warehouse.home import Home
from ogi.warehouse.intake import Intake, SourceProblem
from ogi.warehouse.clock import now
from ogi.warehouse.run import Run

home = Home(Path(sys.argv[1]))
done = []

class Stages(Run):
    has_news = property(lambda self: True)

    def take_in(self):
        done.append("take in")
        if done.count("take in") == 1:
            raise NotThere("共享不在", "the share is not there")
        self.intake = Intake(now())
        if done.count("take in") == 2:
            self.intake.sources.append(SourceProblem("a", "source_unreachable", "not mounted"))

    def parse(self):
        done.append("parse")

    def load(self):
        done.append("load")
        if done.count("load") == 1:
            raise OSError(28, "No space left on device")

    def build_models(self):
        done.append("build")

    def audit(self):
        done.append("audit")
        raise self._fail("审核未通过", "expectations failed")

    def _build(self):
        from ogi.warehouse.builds import new_build
        return new_build(self.home)

with _prefect(Settings(home=home.root)):
    from prefect import flow
    from flows.nightly import run_stages

    @flow
    def night():
        run_stages(Stages(home, Settings(), None), retry_after=(0.1, 0.1))

    try:
        night()
    except Exception as error:
        done.append(type(error).__name__)
print(", ".join(done))
"""


def test_a_share_that_comes_back_and_a_disk_that_is_emptied_cost_no_night_and_a_failed_audit_is_final(
    tmp_path: Path,
) -> None:
    ran = run_ogi(tmp_path / "home", str(tmp_path / "home"), code=_CODE)
    assert ran.stdout.splitlines() == [
        "take in, take in, take in, parse, load, load, build, audit, NotPublished"
    ], ran.stderr


def test_a_load_over_its_time_limit_is_ended_with_its_process(tmp_path: Path) -> None:
    code = """
import time
from flows.scheduled import _time_limit
with _time_limit(0.1):
    time.sleep(60)
"""
    ran = run_ogi(tmp_path / "home", code=code)
    assert (ran.returncode, "已终止" in ran.stderr) == (124, True), ran.stderr
