"""Run suites of Great Expectations over a build that is open.

Importing this module takes seconds, for Great Expectations does: import it where an audit is near.
"""

import atexit
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import duckdb_engine
import great_expectations as gx
import sqlalchemy as sa
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.metadata_types import FailureSeverity
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.engine.interfaces import DBAPICursor

from expectations.model import Baseline, Outcome, Suite
from expectations.no_such_rows import NoSuchRows
from expectations.tables import rows_query, tables_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Something in Great Expectations keeps this module until after the interpreter's end; DuckDB's binding then
# reports leaks on stderr, which look like a crash of the load
atexit.register(vars(duckdb_engine).clear)


class OpenBuild(SQLDatasource):
    """A build behind an engine over our own connection.

    One that Great Expectations makes pools connections, and holds the file.
    """

    type: Literal["ogi_open_build"] = "ogi_open_build"  # type: ignore[assignment]

    _connection: Any = PrivateAttr(None)

    def use(self, connection: "DuckDBPyConnection") -> None:
        """Read through cursors of this connection."""
        self._connection = connection

    def get_engine(self) -> sa.Engine:
        """Return the one engine of this datasource."""
        if self._engine is None:
            self._engine = engine_over(self._connection)
        return self._engine

    def get_execution_engine(self) -> SqlAlchemyExecutionEngine:
        """Return the one execution engine, over our engine."""
        if self._execution_engine is None:
            self._execution_engine = SqlAlchemyExecutionEngine(engine=self.get_engine())
        return self._execution_engine


def engine_over(connection: "DuckDBPyConnection") -> sa.Engine:
    """Make an engine whose every connection is a cursor of this one."""
    engine = sa.create_engine(
        "duckdb://",
        creator=lambda: duckdb_engine.ConnectionWrapper(connection.cursor()),
        poolclass=sa.pool.NullPool,
    )

    # Great Expectations fetches a result after its connection went back, when duckdb-engine has lost it
    @sa.event.listens_for(engine, "after_cursor_execute")
    def fetch_at_once(
        _connection: sa.Connection,
        cursor: DBAPICursor,
        _statement: str,
        _parameters: object,
        context: DefaultExecutionContext,
        _many: bool,
    ) -> None:
        if cursor.description:
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                cursor, cursor.description, cursor.fetchall()
            )

    return engine


def run_suites(
    connection: "DuckDBPyConnection", suites: tuple[Suite, ...], baseline: Baseline, out: Path
) -> list[Outcome]:
    """Run the expectations of all suites, write the results into `out` as SUITE.json, return what became of each.

    Args:
        connection: to the build, with what `pick_out` makes.
        suites: what is expected.
        baseline: what it is compared with.
        out: a folder, made if need be.

    Raises:
        great_expectations.exceptions.GreatExpectationsError: the validations cannot be set up.
    """
    # Not as a checkpoint: it looks again and again whether all that it holds is stored, and does nothing else for us
    results = [validation.run() for validation in _validations(connection, suites, baseline)]
    out.mkdir(parents=True, exist_ok=True)
    pairs = zip(results, suites, strict=True)
    return [outcome for result, suite in pairs for outcome in _keep(result, suite, out)]


def _validations(
    connection: "DuckDBPyConnection", suites: tuple[Suite, ...], baseline: Baseline
) -> list[gx.ValidationDefinition]:
    """Set up the suites in a context that lives in memory and writes nothing."""
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    source = OpenBuild(name="build", connection_string="duckdb://")
    source.use(connection)
    context.add_datasource(datasource=source)
    tables = tables_of(baseline)
    # Each expectation names its own tables; the batch only says where they are
    warehouse = source.add_query_asset("warehouse", query="select 1 as one").add_batch_definition("whole")
    return [
        context.validation_definitions.add(
            gx.ValidationDefinition(
                name=suite.name, data=warehouse, suite=context.suites.add(_suite(suite, tables))
            )
        )
        for suite in suites
    ]


def _suite(suite: Suite, tables: dict[str, str]) -> gx.ExpectationSuite:
    return gx.ExpectationSuite(
        name=suite.name,
        notes=f"{suite.title_zh} / {suite.title_en}",
        expectations=[
            NoSuchRows(
                unexpected_rows_query=rows_query(definition, tables),
                description=f"{definition.meaning_zh} / {definition.meaning_en}",
                severity=FailureSeverity(definition.severity),
                meta={
                    "name": definition.name,
                    "kind": definition.kind,
                    "severity": definition.severity,
                    "owner": definition.owner,
                    "meaning_zh": definition.meaning_zh,
                    "meaning_en": definition.meaning_en,
                },
            )
            for definition in suite.definitions
        ],
    )


def _keep(result: ExpectationSuiteValidationResult, suite: Suite, out: Path) -> list[Outcome]:
    """Write one suite's results and pair each with its definition."""
    as_dict = result.to_json_dict()  # type: ignore[no-untyped-call]
    (out / f"{suite.name}.json").write_text(
        json.dumps(as_dict, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    by_name = {entry["expectation_config"]["meta"]["name"]: entry for entry in as_dict["results"]}
    return [
        Outcome(
            suite=suite,
            definition=definition,
            rows_in_all=by_name[definition.name]["result"].get("observed_value", 0),
            rows=by_name[definition.name]["result"].get("details", {}).get("unexpected_rows", []),
            error=_error(by_name[definition.name]["exception_info"]),
        )
        for definition in suite.definitions
    ]


def _error(info: dict[str, Any]) -> str | None:
    """Read why an expectation could not run: Great Expectations gives one such record, or one a metric.

    Behind the first line of a message comes the whole query.
    """
    records = [info] if "raised_exception" in info else list(info.values())
    messages = [str(record["exception_message"]) for record in records if record["raised_exception"]]
    return "; ".join(message.partition("\n")[0] for message in messages) or None
