"""The problems of a whole report, in words: no report, no known form, a table or a name that was not found."""

import re

from ogi.reports.metadata import Metadata
from ogi.reports.model import Problem
from ogi.reports.regions import Regions

_CORRECTION = re.compile("更正|修订|勘误")
_TABLE_NAMES = {"proactive": "表二", "applications": "表三", "reviews": "表四", "statistics": "统计表"}


def not_a_report(path: str) -> Problem:
    """Say that a document is no annual report."""
    return Problem(
        "not_a_report",
        "error",
        f"{path}：不是政府信息公开工作年度报告（没有标题，也没有填有数字的统计表）；请确认选对了文件。"
        " / Not an annual report: neither its title nor a table of the form with figures was found;"
        " see that it is the right file.",
    )


def template_not_recognised(regions: Regions) -> Problem:
    """Say that a report's tables, if it has any, are none of the national forms."""
    if any(piece.figure.value is not None for row in regions.get("statistics", []) for piece in row.pieces):
        return Problem(
            "template_not_recognised",
            "warning",
            "统计表不是国家统一表格（省、部门自定的表或历年累计表），表格数字未采用。"
            " / The statistics table is not the national form but a province's or department's own; its figures were not used.",
        )
    return Problem(
        "template_not_recognised",
        "warning",
        "没有认出国家统一表格（2014、2019、2021 年），表格数字未采用。"
        " / None of the national forms (2014, 2019, 2021) was recognised; figures of tables were not used.",
    )


def table_missing(table: str) -> Problem:
    """Say that a table of the form was not found."""
    return Problem(
        "table_missing",
        "warning",
        f"没有找到{_TABLE_NAMES[table]}，其各项均记为缺失（不是零）；请补上，没有的填 0。"
        f" / Table {table} was not found; its cells are missing, not zero. Put it in, with 0 where there is nothing.",
    )


def metadata_problems(metadata: Metadata, path: str) -> list[Problem]:
    """Say what a report does not tell of itself, and what was mended."""
    problems = []
    if metadata.agency is None:
        problems.append(
            Problem(
                "agency_not_found",
                "error",
                f"{path}：没有找到发布机关（标题、落款均未写明）；请在标题写明机关全称。"
                " / The agency is named neither in title nor signature; print its full name in the title.",
            )
        )
    if metadata.year is None:
        problems.append(
            Problem(
                "year_not_found",
                "error",
                f"{path}：没有找到报告年度；请在标题写明年度。"
                " / The report's year was not found; print it in the title.",
            )
        )
    if metadata.agency is not None and metadata.division_code is None:
        problems.append(
            Problem(
                "division_not_found",
                "notice",
                f"无法确定“{metadata.agency}”属于哪个行政区划；请在标题或落款写全称。"
                f" / The division of {metadata.agency} is not certain; print the full name in title or signature.",
            )
        )
    if metadata.title is not None and _CORRECTION.search(metadata.title):
        problems.append(
            Problem(
                "says_correction",
                "notice",
                f"标题注明是更正或修订稿：{metadata.title}。 / The title says that this corrects an earlier report.",
            )
        )
    if metadata.corrected_from is not None:
        problems.append(
            Problem(
                "agency_name_corrected",
                "notice",
                f"所印“{metadata.corrected_from}”不是行政区划名称，疑为识别错字，全称按“{metadata.agency_full}”；请核对原文。"
                f" / No division is called {metadata.corrected_from}; read as {metadata.agency_full}. Check the document.",
            )
        )
    return problems
