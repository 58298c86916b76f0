"""One nightly run: what it found at each stage, and the stages themselves, each one call into its module."""

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ogi.reports.parse import PARSER_VERSION
from ogi.warehouse.build import BuildFailed, Built, build_models
from ogi.warehouse.builds import Build, clean_builds, keep_failed, new_build
from ogi.warehouse.clock import as_id, now
from ogi.warehouse.counts import Counts, read_counts
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.files import write_json
from ogi.warehouse.finding_list import ListedFinding, list_findings
from ogi.warehouse.fingerprint import fingerprint
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.landing import Intake, take_in
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.load import Loaded, copy_base, load_batches, unloaded_batches, usable_base
from ogi.warehouse.parsing import Parsing, parse_landed
from ogi.warehouse.release import clean_releases, publish, read_manifest, release_file, write_manifest
from ogi.warehouse.rosters import Rosters, rosters_changed, take_in_rosters

if TYPE_CHECKING:
    from ogi.warehouse.audit import AuditResult

_log = logging.getLogger(__name__)


class NotPublished(WarehouseError):
    """The run made no release; `run` holds what it found, for the summary."""

    def __init__(self, run: "Run", zh: str, en: str) -> None:
        """Keep the run beside the message."""
        super().__init__(zh, en)
        self.run = run


class Run:
    """A run and what is known of it so far. The caller holds the lock of OGI_HOME."""

    def __init__(self, home: Home, inbox: Path, *, is_full_refresh: bool = False) -> None:
        """Clear away what a crashed run left, and start; `is_full_refresh` builds all models anew, come what may."""
        self.home = home
        self.inbox = inbox
        self.is_full_refresh = is_full_refresh
        self.started = now()
        self.id = as_id(self.started)
        self.seconds: dict[str, float] = {}
        self.intake: Intake | None = None
        self.rosters = Rosters()
        self.quarantined_files = 0
        self.parsing: Parsing | None = None
        self.base: Path | None = None
        self.unloaded: list[str] = []
        self.is_upgrade = False
        self.has_other_rosters = False
        self.build: Build | None = None
        self.loaded: Loaded | None = None
        self.built: Built | None = None
        self.audited: AuditResult | None = None
        self.counts: Counts | None = None
        self.findings: list[ListedFinding] = []
        self.published: str | None = None
        clean_builds(home)
        clean_releases(home)

    def take_in(self) -> None:
        """Land what is new in the inbox, and read the rosters."""
        with self._stage("take_in"):
            self.intake = take_in(self.home, self.inbox)
            self.rosters = take_in_rosters(self.home, self.inbox)

    def parse(self) -> None:
        """Parse what has landed, and find what the current release has not."""
        with self._stage("parse"):
            self.parsing = parse_landed(self.home)
            with open_ledger(self.home) as ledger:
                batches = ledger.batches()
                if self.intake is not None:
                    self.quarantined_files = ledger.count_quarantined_files(self.intake.at)
            current = self.home.current_release()
            self.base = usable_base(release_file(self.home)) if current else None
            self.unloaded = unloaded_batches(self.base, batches)
            self.has_other_rosters = self.base is not None and rosters_changed(self.base, self.rosters)
            self.is_upgrade = (
                current is not None and read_manifest(self.home, current).get("fingerprint") != fingerprint()
            )

    @property
    def has_news(self) -> bool:
        """Whether there is anything to build: documents the release has not, other rosters or code, or the wish for it."""
        wished = self.is_full_refresh and self.base is not None
        return bool(self.unloaded) or self.has_other_rosters or self.is_upgrade or wished

    def load(self) -> None:
        """Bring what is new into a copy of the current release."""
        with self._stage("copy"):
            self.build = new_build(self.home)
            copy_base(self.base, self.build.folder)
        with self._stage("load"):
            self.loaded = load_batches(
                self.home,
                self.build.folder,
                self.unloaded,
                self.rosters,
                is_upgrade=self.is_upgrade,
                is_full_refresh=self.is_full_refresh,
            )

    def build_models(self) -> None:
        """Build the models on the copy.

        Raises:
            NotPublished: a model or a test of one failed; the copy is kept.
        """
        build = self._build()
        is_full = self.loaded is None or self.loaded.is_full
        with self._stage("build"):
            try:
                self.built = build_models(build.folder, is_full=is_full)
            except BuildFailed as error:
                raise self._fail(*error.languages) from error

    def audit(self) -> None:
        """Run the expectations on the copy.

        Raises:
            NotPublished: one that stops a release failed, or they could not run; the copy is kept.
        """
        from ogi.warehouse.audit import audit

        build = self._build()
        with self._stage("audit"):
            self.audited = audit(build.folder / DATABASE, build.folder, self.base)
            if self.audited.could_run:
                self.counts = read_counts(build.folder / DATABASE)
                self.findings = list_findings(build.folder / DATABASE)
        if not self.audited.could_run:
            raise self._fail(
                "审核未能完成，未发布。", "The expectations could not run: nothing was published."
            )
        if not self.audited.passed:
            count = len(self.audited.expectations_failed)
            raise self._fail(
                f"{count} 项审核未通过，未发布。", f"{count} expectations failed: nothing was published."
            )

    def publish(self) -> None:
        """Make the copy the release."""
        build = self._build()
        if self.audited is None or self.counts is None:
            raise RuntimeError("publish before audit")
        with self._stage("publish"):
            with open_ledger(self.home) as ledger:
                batches = ledger.batches()
            write_manifest(build, self.counts, fingerprint(), PARSER_VERSION, self.audit_summary(), batches)
            write_json(build.folder / "run.json", self.as_dict())
            shutil.rmtree(build.folder / "dbt", ignore_errors=True)
            publish(self.home, build)
            self.published = build.id

    def audit_summary(self) -> dict[str, object]:
        """Say in short what the expectations found."""
        audited = self.audited
        if audited is None:
            return {}
        return {
            "run": audited.expectations_run,
            "failed": [failure.name for failure in audited.expectations_failed],
            "not_run": audited.not_run,
            "warnings": {warning.name: warning.observed for warning in audited.warnings},
            "statistics": audited.statistics,
        }

    def as_dict(self) -> dict[str, object]:
        """Describe the run for `run.json`."""
        intake, parsing = self.intake, self.parsing
        return {
            "run": self.id,
            "inbox": str(self.inbox),
            "started_at": self.started,
            "seconds": self.seconds,
            "files": {
                "seen": intake.seen,
                "new": intake.new,
                "unchanged": intake.unchanged,
                "quarantined": self.quarantined_files,
            }
            if intake
            else {},
            "problems": [problem.message for problem in (intake.problems if intake else [])]
            + [problem.message for problem in (parsing.lost if parsing else [])]
            + self.rosters.problems,
            "parsed_documents": parsing.documents if parsing else 0,
            "quarantined": [q.message for q in (parsing.quarantined if parsing else [])],
            "is_upgrade": self.is_upgrade,
            "has_other_rosters": self.has_other_rosters,
            "is_full_refresh": self.loaded.is_full if self.loaded else False,
            "touched_agencies": self.loaded.agencies if self.loaded else 0,
            "loaded_documents": self.loaded.documents if self.loaded else 0,
            "replaced_documents": self.loaded.replaced if self.loaded else 0,
            "model_warnings": list(self.built.warnings) if self.built else [],
            "model_tests": self.built.tests if self.built else 0,
            "expectations": self.audit_summary(),
        }

    def _build(self) -> Build:
        if self.build is None:
            raise RuntimeError("no build: load comes first")
        return self.build

    def _fail(self, zh: str, en: str) -> NotPublished:
        """Keep the build for inspection, and make the error that says so."""
        build = self._build()
        write_json(build.folder / "run.json", self.as_dict())
        keep_failed(build, f"{zh} / {en}")
        return NotPublished(self, f"{zh} 副本保存在 {build.folder}", f"{en} The copy is kept there.")

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        """Time a stage and log it."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = round(time.monotonic() - started, 2)
            _log.info("stage", extra={"stage": name, "seconds": self.seconds[name], "run": self.id})
