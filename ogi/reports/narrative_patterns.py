"""The wordings in which published reports state their counts; measures are those of `seeds/narrative_measures.csv`.

国办公开办函〔2021〕30号 asks for these in section 一. The words decide the measure: “收到 N 件” may include requests that
were carried over, and stays what it says.
"""

import re
from dataclasses import dataclass

_N = r"(?P<value>\d[\d,]*(?:\.\d+)?)(?:余|多)?"
_SUM = r"(?:共计|共|总计|合计|累计|总数|达到|达|为|有|是|:)*"
_REQUEST = (
    r"(?:各类|政府|信息|政务|依申请|公开|有效|的|申请|事项|件数|总数|公民|、|法人|和|其他组织|提出|提交)*"
)
_ITEMS = r"(?P<unit>条|件|项)"
_CASES = r"(?P<unit>件|条|宗|起)"
_POSTS = r"(?P<unit>条|篇|次|件|个)"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to state a measure.

    `words` are those of which one stands in every match; a `label` group says which one of several of its kind; `zero`
    marks wordings that state that there was none.
    """

    measure: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    zero: bool = False

    @property
    def is_about_requests(self) -> bool:
        """Whether the sentence must speak of requests (申请): offices receive and answer other things too."""
        return self.measure.startswith(("requests_", "answered_", "total_processed", "carried_forward"))


def _p(measure: str, words: str, pattern: str, *, zero: bool = False) -> Pattern:
    return Pattern(measure, tuple(words.split()), re.compile(pattern), zero)


def _channel(measure: str, words: str) -> Pattern:
    either = "|".join(words.split())
    return _p(
        measure,
        words,
        rf"(?:{either})(?:平台|渠道|方式|形式|途径)?(?:受理|收到|提出|提交|递交|申请|的|件数|数)+{_SUM}{_N}{_CASES}",
    )


def _answer(measure: str, word: str) -> Pattern:
    return _p(measure, word, rf"(?<!不){word}”?(?:的|申请|件数|答复|信息|处理)*{_SUM}{_N}{_CASES}")


PATTERNS = (
    _p(
        "disclosed_cumulative",
        "历年累计",
        rf"历年累计(?:主动)?公开(?:各类)?(?:政府)?信息{_SUM}{_N}(?P<unit>条|件|项|篇|次|个|份|宗|类)",
    ),
    _p(
        "disclosed_this_year",
        "公开",
        rf"(?<!累计)主动(?:在门户网站)?公开(?!.{{0,4}}目录)[^,。;\d]{{0,12}}?(?:政府|政务)?信息{_SUM}{_N}{_ITEMS}",
    ),
    _p("disclosed_this_year", "信息主动公开", rf"信息主动公开{_SUM}{_N}{_ITEMS}"),
    _p("disclosed_this_year", "公开", rf"(?:全年|本年度?|年度){_SUM}公开(?:各类)?政府信息{_SUM}{_N}{_ITEMS}"),
    _p(
        "disclosed_category",
        "类信息 类的信息",
        rf"(?:^|(?<=[,。;:、条]))(?P<label>[一-鿿()]{{2,12}}?类(?:的)?信息){_N}(?P<unit>条)",
    ),
    _p(
        "disclosed_category_share",
        "类信息",
        rf"(?P<label>[一-鿿()]{{2,12}}?类信息)\d+条,占(?:比)?{_N}(?P<unit>%)",
    ),
    _p(
        "published_on_website",
        "网站",
        rf"网站(?:集群)?{_SUM}(?:发布|公开|更新)(?:各类|政府|政务|公开)*信息{_SUM}{_N}{_POSTS}",
    ),
    _p(
        "published_on_weibo", "微博", rf"微博[^,。;\d]{{0,8}}?(?:发布|推送|公开)[^,。;\d]{{0,8}}?{_N}{_POSTS}"
    ),
    _p("published_on_weibo", "微博", rf"(?:发布|推送)(?:政务)?微博(?:信息|消息)?{_SUM}{_N}{_POSTS}"),
    _p(
        "published_on_wechat",
        "微信",
        rf"微信[^,。;\d]{{0,10}}?(?:发布|推送|公开)[^,。;\d]{{0,8}}?{_N}{_POSTS}",
    ),
    _p(
        "published_on_wechat",
        "微信",
        rf"(?:发布|推送)(?:政务)?微信(?:公众号)?(?:信息|消息|文章)?{_SUM}{_N}{_POSTS}",
    ),
    _p(
        "policy_interpretations",
        "解读",
        rf"(?:发布|公开|制作|开展|推出)(?:各类|配套|政策|文件)*解读(?:类|信息|材料|稿件|产品|文章|活动)*{_SUM}{_N}(?P<unit>条|篇|件|份|次|个|期)",
    ),
    _p(
        "normative_documents_issued",
        "规范性文件",
        rf"(?:制发|制定|出台|印发)(?:行政)?规范性文件{_SUM}{_N}(?P<unit>件|份|个)",
    ),
    _p(
        "requests_received",
        "受理 收到 新收 接到",
        rf"(?:受理|收到|新收|接到){_REQUEST}{_SUM}{_N}(?P<unit>条|件|宗)(?:申请)?",
    ),
    _p(
        "requests_received",
        "未收到 没有收到 未接到 没有接到 未受理 没有受理 无",
        r"(?P<value>未收到|没有收到|未接到|没有接到|未受理|没有受理|未曾收到)(?:任何|过|公民|、|法人|和|及|或|其他组织|的|政府|信息|依申请|公开)*申请",
        zero=True,
    ),
    _channel("requests_received_online", "网络 网上 在线 互联网"),
    _p(
        "requests_received_online",
        "网络平台",
        rf"(?:受理|收到)依申请公开信息{_N}(?P<unit>条|件)[^。]*?受理(?:方式|渠道)为:?网络平台(?:受理)?",
    ),
    _channel("requests_received_in_person", "当面 现场 窗口"),
    _channel("requests_received_by_mail", "信函 邮寄 书信"),
    _channel("requests_received_by_fax", "传真"),
    _channel("requests_received_by_email", "电子邮件 电子邮箱"),
    _p(
        "requests_by_applicant",
        "申请",
        rf"(?P<label>自然人|法人(?:或|和|及|、)?其他组织|公民){_REQUEST}{_SUM}{_N}{_CASES}",
    ),
    _p("requests_carried_over", "结转", rf"上(?:一)?年(?:度)?结转[^,。;\d]{{0,12}}{_N}{_CASES}"),
    _p("requests_answered", "答复", rf"(?<![待公开])答复(?:申请|件数|的)*{_SUM}{_N}{_CASES}"),
    _p("requests_pending", "待答复", rf"待答复(?:件数)?{_SUM}{_N}{_CASES}"),
    _p(
        "total_processed",
        "办结 办理",
        rf"(?:办结|办理)(?:完毕|答复|政府|信息|依申请|公开|的|申请)*{_SUM}{_N}{_CASES}",
    ),
    _p(
        "carried_forward",
        "结转",
        rf"结转(?:至|到)?(?:下|次)(?:一)?年(?:度)?(?:继续|办理|的|申请)*{_SUM}{_N}{_CASES}",
    ),
    _p(
        "carried_forward",
        "下年 次年 下一年",
        rf"{_N}{_CASES}(?:申请)?(?:结转|顺延|延续)(?:至|到)?(?:下|次)(?:一)?年",
    ),
    _answer("answered_granted", "予以公开"),
    _answer("answered_partly_granted", "部分公开"),
    _answer("answered_refused", "不予公开"),
    _answer("answered_unavailable", "无法提供"),
    _answer("answered_unprocessed", "不予处理"),
    _answer("answered_other", "其他处理"),
    _p("reconsiderations", "复议", rf"行政复议(?:案件|申请|的)*{_SUM}{_N}{_CASES}"),
    _p("lawsuits", "诉讼", rf"(?<![、和及与或])行政诉讼(?:案件|的)*{_SUM}{_N}{_CASES}"),
    _p(
        "reviews_and_lawsuits",
        "诉讼",
        rf"行政复议(?:案件)?(?:、|和|及|与|或)(?:提起)?行政诉讼(?:案件|的)*{_SUM}{_N}{_CASES}",
    ),
    _p("information_fees", "信息处理费", rf"信息处理费(?:用)?{_SUM}{_N}(?P<unit>元|万元)"),
    _p("archived_records", "永久 长期 短期 年", rf"(?P<label>永久|长期|短期|\d\d年){_N}(?P<unit>件|卷)"),
    _p("archived_records_total", "合计", rf"(?:永久|长期|短期|\d\d年)\d+件[,、]合计{_N}(?P<unit>件|卷)"),
    _p("columns", "栏目", rf"等{_N}(?P<unit>个)栏目"),
)
