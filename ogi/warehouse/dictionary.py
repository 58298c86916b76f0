"""The data dictionary of the marts, rendered from the descriptions beside the models."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ogi.project import project_root, read_seed

_HEAD = """\
# 数据字典 / Data dictionary

<!-- Rendered from models/marts/*.yml by `make docs`; change those, not this page. -->

分析人员只用 `marts` 模式；表名、列名保持稳定。每个数字都能追到原文的页、表、行、列。
Analysts read the schema `marts`; names are stable, and every figure leads back to page, table, row and column.

"""
_DOC = re.compile(r"\{% docs (\w+) %\}\n(.*?)\n\{% enddocs %\}", re.DOTALL)
_REFERENCE = re.compile(r"\{\{ doc\('(\w+)'\) \}\}")


def dictionary_page() -> str:
    """Return the page in Markdown."""
    marts = project_root() / "models" / "marts"
    shared = dict(_DOC.findall((marts / "columns.md").read_text(encoding="utf-8")))
    caveats = {row["caveat"]: row for row in read_seed("caveats")}
    files = sorted(marts.glob("*.yml"))
    return _HEAD + "\n".join(line for file in files for line in _mart(file, shared, caveats))


def _mart(file: Path, shared: dict[str, str], caveats: dict[str, dict[str, str]]) -> Iterator[str]:
    [model] = yaml.safe_load(file.read_text(encoding="utf-8"))["models"]
    yield f"## {model['name']}\n"
    yield f"{_words(model['description'], shared)}\n"
    yield "| 列 / column | 类型 / type | 说明 / description |"
    yield "|---|---|---|"
    for column in model["columns"]:
        yield f"| `{column['name']}` | {_type(column)} | {_words(column['description'], shared)} |"
    yield ""
    for code in model.get("config", {}).get("meta", {}).get("caveats", []):
        yield f"- {caveats[code]['text_zh']} / {caveats[code]['text_en']}"
    yield ""


def _type(column: dict[str, Any]) -> str:
    is_required = any(constraint["type"] == "not_null" for constraint in column.get("constraints", []))
    return str(column["data_type"]) + ("" if is_required else "，可空 / nullable")


def _words(text: str, shared: dict[str, str]) -> str:
    return (
        _REFERENCE.sub(lambda found: str(shared[found[1]]), text)
        .strip()
        .replace("|", "\\|")
        .replace("\n", " ")
    )
