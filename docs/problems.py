"""The page of the problem codes, rendered from `seeds/problem_codes.csv`."""

from itertools import groupby

from ogi.project import read_seed

_HEAD = """\
# 问题代码 / Problem codes

<!-- Rendered from seeds/problem_codes.csv by `make docs`; change that, not this page. -->

`ogi parse`、`ogi check`、`ogi quarantine` 和 `ogi load` 对每个读不了或读不准的地方给出一个代码、一句话和所在位置；不会猜数字。
Whatever cannot be read, or not for certain, gets a code, a sentence and a place; no figure is ever guessed.

- `error`：文件或报告没有入库，放入隔离区。 / The file or report is not loaded; it goes to quarantine.
- `warning`：其余部分已采用，有数字没有采用。 / The rest is used, some figures are not.
- `notice`：已采用，请核对。 / It is used; have a look.
"""
_SUBJECTS = {
    "file": "文件 / Files",
    "page": "页面 / Pages",
    "report": "报告 / Reports",
    "table": "表 / Tables",
    "figure": "数字 / Figures",
    "load": "入库 / Loading",
}


def problems_page() -> str:
    """Return the page in Markdown."""
    sections = (
        _section(subject, list(rows))
        for subject, rows in groupby(read_seed("problem_codes"), key=lambda row: row["subject"])
    )
    return _HEAD + "".join(sections)


def _section(subject: str, rows: list[dict[str, str]]) -> str:
    lines = [
        f"\n## {_SUBJECTS[subject]}\n",
        "| 代码 / code | 级别 / severity | 含义 / meaning | 怎么办 / what to do |",
        "|---|---|---|---|",
        *(
            f"| `{row['code']}` | {row['severity']} | {row['meaning_zh']}。 / {row['meaning_en']}. "
            f"| {row['action_zh']}。 / {row['action_en']}. |"
            for row in rows
        ),
    ]
    return "\n".join(lines) + "\n"
