"""Run suites as one Great Expectations checkpoint over a warehouse file that is opened read-only."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

from expectations.model import Baseline, Definition, Suite
from expectations.tables import with_tables

# Great Expectations reads this once, when it is imported
os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.execution_engine import SqlAlchemyExecutionEngine

from expectations.no_such_rows import NoSuchRows


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one expectation: the rows that it found, or the error that kept it from running."""

    suite: Suite
    definition: Definition
    rows_in_all: int
    rows: list[dict[str, Any]]
    error: str | None


class BuildFile(SQLDatasource):
    """A DuckDB file read through an engine of our own; Great Expectations would pool and hold its connections."""

    type: Literal["ogi_build_file"] = "ogi_build_file"

    def get_engine(self) -> sa.Engine:
        """Return the one read-only engine of this datasource."""
        if self._engine is None:
            self._engine = read_only_engine(Path(self.connection_string))
        return self._engine

    def get_execution_engine(self) -> SqlAlchemyExecutionEngine:
        """Return the one execution engine, over our engine."""
        if self._execution_engine is None:
            self._execution_engine = SqlAlchemyExecutionEngine(engine=self.get_engine())
        return self._execution_engine


def read_only_engine(file: Path) -> sa.Engine:
    """Open a DuckDB file for reading; every connection closes when it is given back, so that none holds the file."""
    engine = sa.create_engine(
        sa.URL.create("duckdb", database=str(file)), connect_args={"read_only": True}, poolclass=sa.pool.NullPool
    )

    # Great Expectations fetches a result after its connection went back, when duckdb-engine has lost it
    @sa.event.listens_for(engine, "after_cursor_execute")
    def _fetch_at_once(
        connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
    ) -> None:
        if cursor.description:
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                cursor, cursor.description, cursor.fetchall()
            )

    return engine


def run_suites(build_file: Path, suites: tuple[Suite, ...], baseline: Baseline, out: Path) -> list[Outcome]:
    """Run every expectation of the suites, write one JSON file a suite into `out`, return what became of each.

    Raises:
        great_expectations.exceptions.GreatExpectationsError, sqlalchemy.exc.SQLAlchemyError: nothing could be run,
            because the file cannot be opened or the checkpoint cannot be set up.
    """
    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            progress_bars={"globally": False},
            analytics_enabled=False,
        ),
    )
    source = context.add_datasource(datasource=BuildFile(name="build", connection_string=str(build_file)))
    ...
