"""The checks in their order, each run whatever became of the others."""

from collections.abc import Iterator
from dataclasses import dataclass

from ogi.warehouse.doctor import holdings, place, sources, tools
from ogi.warehouse.doctor.verdict import Check, Patient, Status, mend

CHECKS: tuple[Check, ...] = (
    sources.settings,
    place.permissions,
    place.disk_space,
    place.clock,
    place.lock,
    tools.versions,
    tools.office,
    tools.recognition,
    tools.chinese_font,
    holdings.ledger,
    holdings.release,
    holdings.builds,
    holdings.prefect,
    sources.sources,
    sources.receivers,
)


@dataclass(frozen=True, slots=True)
class Examined:
    """One verdict with the name of its check."""

    check: str
    status: Status
    found: str
    mend: str


def examine(patient: Patient) -> Iterator[Examined]:
    """Run every check; one that breaks down says so and stops no other."""
    for check in CHECKS:
        try:
            verdicts = list(check(patient))
        except Exception as error:  # a doctor must not faint
            found = f"检查未能完成 / the check could not be done: {type(error).__name__}: {error}"
            verdicts = [mend(found, "请连同此信息报告 / report this message")]
        for verdict in verdicts:
            yield Examined(check.__name__, verdict.status, verdict.found, verdict.mend)
