"""Printed labels against the labels of the form."""

import pytest

from ogi.reports.labels import find_label, normalise
from ogi.reports.templates import label_codes, templates

ROWS = label_codes(
    templates()["2021"],
    "applications",
    [(c.row_path[-1], c.row_code) for c in templates()["2021"].table("applications")],
)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("（一）予以公开", "granted"),
        ("(二) 部分公开(区分处理的, 只计这一情形, 不计其他情形)", "partly_granted"),
        ("（二）部分公开（区分处理的，只计", "partly_granted"),
        ("2.其他法律行政止公开", "refused_other_law"),
        ("3.补正后申请内 容仍不明确", "unavailable_unclear"),
        ('3、危及"三安全一稳定"', "refused_safety_stability"),
        ("(七)总 计", "total_processed"),
        ("四、结转下年度继续办理", "carried_forward"),
        ("②重复申请", "unprocessed_repeat"),
        ("2 重复申请", "unprocessed_repeat"),
        ("⑵重复申请", "unprocessed_repeat"),
    ],
)
def test_a_label_is_found_through_spaces_ordinals_and_misprints(printed: str, code: str) -> None:
    assert find_label(printed, ROWS) == code


@pytest.mark.parametrize("printed", ["其他主动公开文件", "申请人情况", "本年度", "", "不予公开"])
def test_a_label_that_the_form_does_not_have_is_not_forced_upon_it(printed: str) -> None:
    assert find_label(printed, ROWS) is None


def test_no_two_rows_of_a_form_share_a_label() -> None:
    for template in (templates()["2019"], templates()["2021"]):
        rows = {c.row_code: normalise(c.row_path[-1]) for c in template.table("applications")}
        assert len(set(rows.values())) == len(rows)
