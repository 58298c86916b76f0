"""The models as dbt compiled them, run again with a fault seeded into one of them, or into what the loader brings."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from expectations.model import Baseline
from expectations.tables import pick_out


@dataclass(frozen=True)
class Fault:
    """Something that is wrong in the pipeline: what the loader does to raw rows, or a line of a model; and what stops it.

    `model` is (its name, a piece of its SQL, what stands there instead).
    """

    what: str
    stopped_by: str
    loader: tuple[str, ...] = ()
    model: tuple[str, str, str] | None = None
    last_release: Callable[[Baseline], Baseline] = lambda baseline: baseline


@dataclass(frozen=True)
class Model:
    """A model as it is built: its relation in the file, its SQL, and whether it is a view."""

    name: str
    relation: str
    sql: str
    is_view: bool


def models_of(manifest: Path) -> list[Model]:
    """Read the models from what dbt wrote beside the build, each after those it reads."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
    order = TopologicalSorter(
        {key: node["depends_on"]["nodes"] for key, node in models.items()}
    ).static_order()
    return [
        Model(
            models[key]["name"],
            models[key]["relation_name"],
            models[key]["compiled_code"],
            models[key]["config"]["materialized"] == "view",
        )
        for key in order
        if key in models
    ]


def seed(connection: duckdb.DuckDBPyConnection, models: list[Model], fault: Fault) -> None:
    """Bring a fault in, and build every model as the pipeline would with it."""
    for statement in fault.loader:
        connection.execute(statement)
    for model in models:
        sql = model.sql
        if fault.model is not None and model.name == fault.model[0]:
            _, right, wrong = fault.model
            assert right in sql, f"{model.name} has no {right!r}"
            sql = sql.replace(right, wrong)
        kind = "view" if model.is_view else "table"
        connection.execute(f"create or replace {kind} {model.relation} as {sql}")
    connection.execute("create schema if not exists picked")
    pick_out(connection)
