"""The counts that the prose states, in the words of offices."""

import pytest

from ogi.documents.model import Document, Text
from ogi.project import read_seed
from ogi.reports.narrative import read_narrative
from ogi.reports.narrative_patterns import PATTERNS


def counts(prose: str) -> list[tuple[str, str | None, str]]:
    document = Document("text", [Text(prose, 1)])
    return [(count.measure, count.label, f"{count.value}") for count in read_narrative(document)]


@pytest.mark.parametrize(
    ("prose", "measure", "value"),
    [
        ("全年通过门户网站主动公开各类政府信息1,204条。", "disclosed_this_year", "1204"),
        ("一年来主动公开政府信息 860 余条。", "disclosed_this_year", "860"),
        ("我局围绕重点领域政府信息主动公开37条。", "disclosed_this_year", "37"),
        ("历年累计主动公开政府信息总数达3021条。", "disclosed_cumulative", "3021"),
        ("区政府网站发布政务信息512条。", "published_on_website", "512"),
        ("“甲区发布”微博全年推送信息88条。", "published_on_weibo", "88"),
        ("微信公众号累计发布文章230篇。", "published_on_wechat", "230"),
        ("全年发布政策解读材料19篇。", "policy_interpretations", "19"),
        ("制发行政规范性文件4件。", "normative_documents_issued", "4"),
        ("全年共收到政府信息公开申请25件。", "requests_received", "25"),
        ("全区共受理申请12件。", "requests_received", "12"),
        ("本年度共收到9件申请。", "requests_received", "9"),
        ("2022年，我镇没有收到政府信息公开申请。", "requests_received", "0"),
        ("收到申请8件，其中网络申请5件。", "requests_received_online", "5"),
        ("收到申请8件，其中当面申请1件。", "requests_received_in_person", "1"),
        ("收到申请8件，通过信函方式提交2件。", "requests_received_by_mail", "2"),
        ("收到公开申请74件，其中自然人申请70件。", "requests_by_applicant", "70"),
        ("上年度结转申请3件。", "requests_carried_over", "3"),
        ("公开申请均依法办理，答复21件。", "requests_answered", "21"),
        ("申请全部办结，共办结18件。", "total_processed", "18"),
        ("全年办理政府信息公开申请218件。", "total_processed", "218"),
        ("受理申请30件，结转下年度继续办理2件。", "carried_forward", "2"),
        ("受理申请30件，1件结转下年度。", "carried_forward", "1"),
        ("已办结的申请中，予以公开11件。", "answered_granted", "11"),
        ("已办结的申请中，不予公开4件。", "answered_refused", "4"),
        ("已办结的申请中，无法提供6件。", "answered_unavailable", "6"),
        ("因信息公开引发行政复议5件。", "reconsiderations", "5"),
        ("因信息公开引发行政诉讼案件2件。", "lawsuits", "2"),
        ("办理行政复议、行政诉讼案件7件。", "reviews_and_lawsuits", "7"),
        ("全年收取信息处理费共计380元。", "information_fees", "380"),
    ],
)
def test_a_count_is_read_as_the_words_say_it(prose: str, measure: str, value: str) -> None:
    assert (measure, value) in {(m, v) for m, _, v in counts(prose)}


@pytest.mark.parametrize(
    "prose",
    [
        "全年收到群众来信25件。",
        "共办理人大代表建议12件。",
        "答复网民留言40件。",
        "召开新闻发布会6次。",
        "依据国办公开办函〔2021〕30号编制。",
        "编制主动公开目录15条。",
    ],
)
def test_other_business_of_an_office_is_no_count_of_this_report(prose: str) -> None:
    assert counts(prose) == []


def test_refused_is_not_read_as_granted() -> None:
    assert counts("申请中不予公开4件。") == [("answered_refused", None, "4")]


def test_a_category_is_named_by_its_label() -> None:
    read = counts("主动公开政府信息11条，其中：机构职能类信息2条；工作动态类信息9条。")
    assert read[1:] == [
        ("disclosed_category", "机构职能类信息", "2"),
        ("disclosed_category", "工作动态类信息", "9"),
    ]


def test_every_measure_is_in_the_seed_and_every_row_of_the_seed_has_a_wording() -> None:
    assert {row["measure"] for row in read_seed("narrative_measures")} == {p.measure for p in PATTERNS}
