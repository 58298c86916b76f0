"""What is written down of a run: `run.json` beside its build, and what its manifest says of the expectations."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from ogi.warehouse.audit import AuditResult
    from ogi.warehouse.run import Run


def describe_run(run: "Run") -> dict[str, object]:
    """Describe a run for `run.json`: what it took in, read, built, found and put aside, and the seconds of its stages."""
    intake, parsing = run.intake, run.parsing
    return {
        "run": run.id,
        "inbox": str(run.inbox) if run.inbox else None,
        "sources": [source.name for source in run.settings.sources] if not run.inbox else [],
        "sources_not_reached": [asdict(problem) for problem in (intake.sources if intake else [])],
        "started_at": run.started,
        "seconds": run.seconds,
        "files": {
            "seen": intake.seen,
            "new": intake.new,
            "unchanged": intake.unchanged,
            "quarantined": run.quarantined_files,
        }
        if intake
        else {},
        "problems": [problem.message for problem in (intake.problems if intake else [])]
        + [problem.message for problem in (parsing.lost if parsing else [])]
        + run.rosters.problems,
        "parsed_documents": parsing.documents if parsing else 0,
        "documents_to_read_again": parsing.waiting if parsing else 0,
        "quarantined": [q.message for q in (parsing.quarantined if parsing else [])],
        "is_upgrade": run.is_upgrade,
        "has_other_rosters": run.has_other_rosters,
        "is_full_refresh": run.loaded.is_full if run.loaded else False,
        "touched_agencies": run.loaded.agencies if run.loaded else 0,
        "touched_agency_years": run.loaded.agency_years if run.loaded else 0,
        "loaded_documents": run.loaded.documents if run.loaded else 0,
        "replaced_documents": run.loaded.replaced if run.loaded else 0,
        "model_warnings": list(run.built.warnings) if run.built else [],
        "model_tests": run.built.tests if run.built else 0,
        "expectations": summarize_audit(run.audited),
        "changes": run.changes.as_dict() if run.changes else {},
        "pinned": msgspec.to_builtins(run.pin),
        "held": run.held.id if run.held else None,
    }


def summarize_audit(audited: "AuditResult | None") -> dict[str, object]:
    """Say in short what the expectations found; nothing of a run that was not audited."""
    if audited is None:
        return {}
    return {
        "run": audited.expectations_run,
        "failed": [failure.name for failure in audited.expectations_failed],
        "not_run": audited.not_run,
        "warnings": {warning.name: warning.observed for warning in audited.warnings},
        "statistics": audited.statistics,
    }
