"""The one kind of Great Expectations expectation that the suites use: a query that must return no row."""

from decimal import Decimal
from typing import Any, ClassVar

from great_expectations.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation


class NoSuchRows(BatchExpectation):
    """Holds when its query returns no row; the rows it does return are the finding.

    Unlike `UnexpectedRowsExpectation` it asks the database once instead of twice, keeps the rows in every
    result format and prints nothing. The query's column `rows_in_all` counts the rows before its limit.
    """

    unexpected_rows_query: str

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)
    success_keys: ClassVar[tuple[str, ...]] = ("unexpected_rows_query",)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id", "row_condition", "condition_parser")

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine[Any] | None = None,
    ) -> dict[str, Any]:
        found = metrics["unexpected_rows_query.table"]
        in_all = found[0]["rows_in_all"] if found else 0
        rows = [
            {column: _plain(value) for column, value in row.items() if column != "rows_in_all"}
            for row in found
        ]
        return {
            "success": not rows,
            "result": {"observed_value": in_all, "details": {"unexpected_rows": rows}},
        }


def _plain(value: object) -> object:
    """Show a count as the whole number it is; the database keeps all figures as decimals.

    Great Expectations makes floats of the others, after a look at the whole stack of calls for each: a tenth of an audit.
    """
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
