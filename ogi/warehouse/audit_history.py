"""What is kept in the warehouse night after night: every expectation's result, and the shares that they are learnt from."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from expectations.model import Outcome

_TABLE = """
    create table if not exists audit.expectation_result (
        release varchar not null,
        expectation varchar not null,
        suite varchar not null,
        kind varchar not null,
        severity varchar not null,
        owner varchar not null,
        observed bigint,
        threshold bigint not null,
        passed boolean not null,
        error varchar,
        sample json,
        primary key (release, expectation)
    )
"""
_SHARES_TABLE = """
    create table if not exists audit.source_share (
        release varchar not null,
        measure varchar not null,
        class varchar not null,
        part bigint not null,
        whole bigint not null,
        share double,
        primary key (release, measure, class)
    )
"""
# How many releases in a row found something, this one included, by expectation
_AGES = """
    with nights as (
        select
            expectation,
            passed,
            sum(passed::int) over (partition by expectation order by release desc) as passed_since
        from audit.expectation_result
    )

    select expectation, count(*) from nights where passed_since = 0 group by expectation
"""


def keep_results(
    file: Path, release: str, outcomes: Sequence[Outcome], shares: Sequence[tuple[Any, ...]]
) -> dict[str, int]:
    """Add the results of one audit; return for each expectation that found something for how many nights it has.

    An expectation counts the rows that must not be, so its threshold is none. The build is a copy of the last release:
    the results of the nights before are in it. `shares` are the rows of `SHARES`; none of a build that could not be audited.

    Raises:
        duckdb.Error: the file cannot be written.
    """
    with duckdb.connect(str(file)) as connection:
        connection.execute("begin")
        connection.execute("create schema if not exists audit")
        connection.execute(_TABLE)
        connection.execute("delete from audit.expectation_result where release = ?", [release])
        connection.executemany(
            "insert into audit.expectation_result values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
            [
                (
                    release,
                    outcome.definition.name,
                    outcome.suite.name,
                    outcome.definition.kind,
                    outcome.definition.severity,
                    outcome.definition.owner,
                    None if outcome.error else outcome.rows_in_all,
                    not outcome.error and not outcome.rows_in_all,
                    outcome.error,
                    json.dumps(outcome.rows, ensure_ascii=False, default=str),
                )
                for outcome in outcomes
            ],
        )
        if shares:
            connection.execute(_SHARES_TABLE)
            connection.execute("delete from audit.source_share where release = ?", [release])
            connection.executemany(
                "insert into audit.source_share values ($1, $2, $3, $4, $5, $4 / nullif($5, 0))",
                [(release, *share) for share in shares],
            )
        connection.execute("commit")
        return dict(connection.execute(_AGES).fetchall())
