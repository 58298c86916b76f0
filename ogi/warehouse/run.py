"""One nightly run: what it found at each stage, and the stages themselves, each one call into its module."""

import logging
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ogi.warehouse.build import BuildFailed, Built, build_models
from ogi.warehouse.builds import Build, held_build, keep_failed, keep_held, new_build
from ogi.warehouse.clock import as_id, now
from ogi.warehouse.engine import open_build
from ogi.warehouse.errors import NoRoom, WarehouseError, is_full_disk
from ogi.warehouse.export import Exported
from ogi.warehouse.exports import export_release
from ogi.warehouse.files import blake3_of, write_json
from ogi.warehouse.finding_list import ListedFinding, list_findings
from ogi.warehouse.fingerprint import fingerprint, seed_hashes
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.intake import Intake
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.load import Loaded, copy_base, load_batches, unloaded_batches, usable_base
from ogi.warehouse.manifest import manifest_in, read_manifest, write_manifest
from ogi.warehouse.parsing import Parsing, parse_landed
from ogi.warehouse.pin import read_pin
from ogi.warehouse.recovery import recover_ledger
from ogi.warehouse.release import publish, release_file, release_side
from ogi.warehouse.release_diff import Changes, Scope, Side, compare_releases
from ogi.warehouse.room import naming_a_full_disk
from ogi.warehouse.rosters import Rosters, rosters_changed, take_in_rosters
from ogi.warehouse.run_record import describe_run, summarize_audit
from ogi.warehouse.sources import take_in, take_in_sources
from ogi.warehouse.tidy import clean_up

if TYPE_CHECKING:
    from ogi.settings.model import Settings
    from ogi.warehouse.audit import AuditResult
    from ogi.warehouse.counts import Counts

_log = logging.getLogger(__name__)


class NotPublished(WarehouseError):
    """The run made no release; `run` holds what it found, for the summary."""

    def __init__(self, run: "Run", zh: str, en: str) -> None:
        """Keep the run beside the message."""
        super().__init__(zh, en)
        self.run = run


class Run:
    """A run and what is known of it so far. The caller holds the lock of OGI_HOME.

    `inbox` is the folder that the command named; None stands for every source of the settings.
    """

    def __init__(
        self, home: Home, settings: "Settings", inbox: Path | None, *, is_full_refresh: bool = False
    ) -> None:
        """Clear away what a crashed run left and what the policy lets go, and start.

        `is_full_refresh` builds all models anew, come what may.
        """
        self.home = home
        self.settings = settings
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
        self.findings: list[ListedFinding] = []
        self.changes: Changes | None = None
        self.published: str | None = None
        self.held: Build | None = None
        self.pin = read_pin(home)
        self.exported: Exported | None = None
        self.export_failure: str | None = None
        self._is_held_already = False
        self._not_compared: Exception | None = None
        self._opened: duckdb.DuckDBPyConnection | None = None
        clean_up(home, settings)
        recover_ledger(home)

    def take_in(self) -> None:
        """Land what is new in the inbox, or in the sources, and read the rosters."""
        before = self.intake
        with self._stage("take_in"):
            self.intake = self._collect()
            if before is not None:  # what was new at the first attempt of this run
                self.intake.new += before.new
                self.intake.unchanged -= before.new
            folders = [source.folder for source in self.settings.sources if source.folder]
            self.rosters = take_in_rosters(self.home, self.inbox, () if self.inbox else folders)

    def parse(self) -> None:
        """Parse what has landed, and find what the current release has not."""
        with self._stage("parse"):
            self.parsing = self._read()
            with open_ledger(self.home) as ledger:
                batches, parts = ledger.batches(), ledger.parts()
                if self.intake is not None:
                    self.quarantined_files = ledger.count_quarantined_files(self.intake.at)
            current = self.home.current_release()
            self.base = usable_base(release_file(self.home)) if current else None
            self.unloaded = unloaded_batches(self.base, batches, parts)
            self.has_other_rosters = self.base is not None and rosters_changed(self.base, self.rosters)
            self.is_upgrade = (
                current is not None and read_manifest(self.home, current).get("fingerprint") != fingerprint()
            )
            held = held_build(self.home) if self.pin else None
            made = manifest_in(held) if held else {}
            self._is_held_already = (made.get("fingerprint"), made.get("batches")) == (fingerprint(), batches)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to build: documents the release has not, other rosters or code, or the wish for it.

        While a release is pinned: and whether that has not been built and held back already.
        """
        is_wanted = self.is_full_refresh and self.base is not None
        return is_wanted or (self._has_other and not self._is_held_already)

    def load(self) -> None:
        """Bring what is new into a copy of the current release."""
        self.build = new_build(self.home)
        try:
            with self._stage("copy"):
                copy_base(self.base, self.build.folder)
            with self._stage("load"):
                # Until it is published: what one stage read of the file, the next has at hand
                self._opened = open_build(self.build.folder)
                self.loaded = load_batches(
                    self.home,
                    self.build.folder,
                    self.unloaded,
                    self.rosters,
                    is_upgrade=self.is_upgrade,
                    is_full_refresh=self.is_full_refresh,
                )
        except Exception:
            # Half a copy says nothing, and fills the disk that may be full
            shutil.rmtree(self.build.folder, ignore_errors=True)
            raise

    def build_models(self) -> None:
        """Build the models on the copy.

        Raises:
            NotPublished: a model or a test of one failed; the copy is kept.
        """
        build = self._build()
        with self._stage("build"):
            try:
                self.built = build_models(build.folder, is_full=self._is_full)
            except BuildFailed as error:
                raise self._fail(*error.languages) from error
            self._write()

    def audit(self) -> None:
        """Run the expectations on the copy.

        Raises:
            NotPublished: one that stops a release failed, or they could not run; the copy is kept.
        """
        from ogi.warehouse.audit import audit

        build = self._build()
        with self._stage("audit"):
            self._not_compared = None
            self.audited = audit(
                build.folder,
                self.base,
                is_repeated=self._is_repeated,
                meanwhile=partial(self._compare_beside, build),
            )
            if self._not_compared and (self.audited.passed or is_full_disk(self._not_compared)):
                raise self._not_compared
            if not self.audited.passed:
                self.changes = None
            if self.audited.could_run:
                self.findings = list_findings(build.folder)
            self._write()
        if not self.audited.could_run:
            raise self._fail(
                "审核未能完成，未发布。", "The expectations could not run: nothing was published."
            )
        if not self.audited.passed:
            count = len(self.audited.expectations_failed)
            raise self._fail(
                f"{count} 项审核未通过，未发布。", f"{count} expectations failed: nothing was published."
            )

    @property
    def _is_full(self) -> bool:
        """Whether every model is built anew."""
        return self.loaded is None or self.loaded.is_full

    @property
    def _scope(self) -> Scope:
        """What the build is to the release that it started from."""
        if self.loaded is None or self._is_full:
            return "any"
        return "touched" if self.loaded.replaced else "added"

    @property
    def _has_other(self) -> bool:
        """Whether there is something that the base has not: documents, rosters or code."""
        return bool(self.unloaded) or self.has_other_rosters or self.is_upgrade

    @property
    def _is_repeated(self) -> bool:
        """Whether what the base holds was built anew, and nothing else."""
        return self.is_full_refresh and self.base is not None and not self._has_other

    @property
    def counts(self) -> "Counts | None":
        """What the build holds, once it could be audited."""
        return self.audited.counts if self.audited and self.audited.could_run else None

    def publish(self) -> None:
        """Make the copy the release; while another one is pinned, keep it for inspection instead."""
        build = self._build()
        if self.audited is None or self.counts is None:
            raise RuntimeError("publish before audit")
        with self._stage("publish"):
            files = [build.folder / DATABASE, *sorted(build.folder.glob("*.parquet"))]
            with ThreadPoolExecutor(1) as beside:
                # All that it holds is in its file; to give back the memory takes as long as to hash it (measured)
                closing = beside.submit(self._close)
                hashes = {file.name: blake3_of(file) for file in files}
                closing.result()
            with open_ledger(self.home) as ledger:
                batches = ledger.batches()
            changes = self.changes.as_dict() if self.changes else {}
            self.held = build if self.pin else None
            write_manifest(build, hashes, self.counts, summarize_audit(self.audited), batches, changes)
            write_json(build.folder / "run.json", describe_run(self))
            shutil.rmtree(build.folder / "dbt", ignore_errors=True)
            if self.pin:
                keep_held(build, f"release {self.pin.release} is pinned")
            else:
                publish(self.home, build)
                self.published = build.id

    def export(self) -> None:
        """Write the published release's marts as files, unless they are there; a failure unpublishes nothing."""
        current = self.home.current_release()
        if current is None:
            return
        with self._stage("export"):
            try:
                self.exported = export_release(self.home, current)
            except (WarehouseError, duckdb.Error) as error:
                _log.exception("export failed", extra={"release": current})
                self.export_failure = " ".join(str(error).split())

    def _compare_beside(self, build: Build) -> None:
        """Compare the build with the current release; what stops that waits until the audit has passed."""
        try:
            self.changes = self._compare(build)
        except Exception as error:  # the thread that audits decides whether it matters
            self._not_compared = error

    def _compare(self, build: Build) -> Changes | None:
        """Write what changes against the current release into the build."""
        current = self.home.current_release()
        if current is None:
            return None
        now = Side(build.id, build.folder / DATABASE, fingerprint(), seed_hashes())
        with open_build(build.folder) as connection:
            out = build.folder / "changes.parquet"
            return compare_releases(connection, release_side(self.home, current), now, out, self._scope)

    def _collect(self) -> Intake:
        if self.inbox is not None:
            return take_in(self.home, self.inbox)
        return take_in_sources(self.home, self.settings)

    def _read(self) -> Parsing:
        return parse_landed(self.home, self.settings.load.reparse_budget_minutes * 60)

    def _build(self) -> Build:
        if self.build is None:
            raise RuntimeError("no build: load comes first")
        return self.build

    def _write(self) -> None:
        """Have all that the build holds in its file."""
        if self._opened is not None:
            self._opened.execute("checkpoint")

    def _close(self) -> None:
        """Let go of the build."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _fail(self, zh: str, en: str) -> NotPublished:
        """Keep the build for inspection, and make the error that says so."""
        self._close()
        build = self._build()
        write_json(build.folder / "run.json", describe_run(self))
        keep_failed(build, f"{zh} / {en}")
        return NotPublished(self, f"{zh} 副本保存在 {build.folder}", f"{en} The copy is kept there.")

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        """Time a stage and log it; a build for which the disk has no room is removed, for it takes what is lacking."""
        started = time.monotonic()
        try:
            with naming_a_full_disk(self.home):
                yield
        except BaseException as error:
            self._close()
            if isinstance(error, NoRoom) and self.build is not None:
                shutil.rmtree(self.build.folder, ignore_errors=True)
            raise
        finally:
            self.seconds[name] = round(time.monotonic() - started, 2)
            _log.info("stage", extra={"stage": name, "seconds": self.seconds[name], "run": self.id})
