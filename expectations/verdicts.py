"""The verdicts on the identities: each is there, once, and both evaluators say the same."""

from expectations.model import Definition, Suite


def suite() -> Suite:
    """Return the suite."""
    return Suite(
        name="verdicts",
        title_zh="勾稽核验",
        title_en="Verdicts",
        definitions=(
            _AS_EXPECTED,
            _OF_REPORT,
            _OF_FORM,
            _OF_SUMMARY,
            _STATUS,
            _RESIDUAL,
            _EVALUATORS,
            _SUMMARIES,
            _CONSISTENT,
            _AS_COUNTED,
        ),
    )


_AS_EXPECTED = Definition(
    name="verdicts_as_expected",
    owner="models",
    meaning_zh="fct_identity_check 与应核验清单 int_identity_expected 逐行对应",
    meaning_en="fct_identity_check has exactly the rows of int_identity_expected",
    rows_sql="""
        select coalesce(e.agency_id, v.agency_id) as agency_id, coalesce(e.year, v.year) as year,
            coalesce(e.identity_id, v.identity_id) as identity_id, count(e.identity_id) as expected,
            count(v.identity_id) as found
        from expected_verdicts as e
        full join (
            select * from verdicts where report_id in (select report_id from examined where is_touched)
        ) as v
            on e.report_id = v.report_id and e.identity_id = v.identity_id
        group by all having count(e.identity_id) <> 1 or count(v.identity_id) <> 1
    """,
)

_OF_REPORT = Definition(
    name="verdicts_of_report",
    owner="models",
    meaning_zh="每份报告对其表式的每条勾稽关系都有核验结果",
    meaning_en="Every report has a verdict on every identity of its form",
    rows_sql="""
        select r.agency_id, r.year, r.template, f.identity_id
        from reports as r join form_identity as f using (template)
        left join verdicts as v on r.report_id = v.report_id and f.identity_id = v.identity_id
        where not f.is_optional and f.class <> 'hierarchy' and v.identity_id is null
    """,
)

_OF_FORM = Definition(
    name="verdicts_of_form",
    owner="models",
    meaning_zh="表式的每条勾稽关系的核验次数等于采用该表式的报告数（按表式合计，覆盖本次构建的全部报告）",
    meaning_en="Over all reports that were built there are as many verdicts on an identity as reports of its form",
    rows_sql="""
        select f.template, f.identity_id, coalesce(r.reports, 0) as reports,
            coalesce(v.verdicts, 0) as verdicts
        from form_identity as f
        left join report_totals as r using (template)
        left join verdict_totals as v using (template, identity_id)
        where not f.is_optional and f.class <> 'hierarchy' and coalesce(r.reports, 0) <> coalesce(v.verdicts, 0)
    """,
)

# A government's report and no other can be a summary. A colon before a word would be a parameter: hence chr(58)
_OF_SUMMARY = Definition(
    name="verdicts_of_summary",
    owner="models",
    meaning_zh="政府（区域汇总）的报告对每条汇总关系都有核验结果，其他报告没有",
    meaning_en="Every report of a government has a verdict on every identity of its summary, and no other report has",
    rows_sql="""
        select agency_id, year, template, identity_id, bool_or(is_due) as is_due, bool_or(is_there) as is_there
        from (
            select r.agency_id, r.year, r.template, f.identity_id, true as is_due, null as is_there
            from raw_reports as r semi join reports using (report_id)
            join form_identity as f on r.template = f.template and f.class = 'hierarchy'
            where r.agency_kind = 'government' and r.agency_id = concat_ws(chr(58), r.division_code, '人民政府')
            union all
            select agency_id, year, template, identity_id, null, true
            from verdicts where class = 'hierarchy'
        )
        group by all having bool_or(is_due) is null or bool_or(is_there) is null
    """,
)

_STATUS = Definition(
    name="status_accepted",
    owner="models",
    meaning_zh="核验结果只能是 holds、broken、not_assessable 之一",
    meaning_en="A status is holds, broken or not_assessable",
    rows_sql="""
        select agency_id, year, identity_id, status from verdicts
        where coalesce(status, '') not in ('holds', 'broken', 'not_assessable')
    """,
)

_RESIDUAL = Definition(
    name="status_follows_residual",
    owner="models",
    meaning_zh="差额＝左边－右边；结果与差额相符；无法核验时没有差额",
    meaning_en="residual = left - right, the status follows from it, and what is not assessable has none",
    rows_sql="""
        select agency_id, year, identity_id, relation, left_value, right_value, residual, status from verdicts
        where residual is distinct from left_value - right_value
            or (status = 'not_assessable') <> (residual is null)
            or (status = 'holds' and (residual > 0 or (relation = 'eq' and residual <> 0)))
            or (status = 'broken' and (residual = 0 or (relation = 'le' and residual < 0)))
    """,
)

_EVALUATORS = Definition(
    name="evaluators_agree",
    owner="models",
    meaning_zh="表内勾稽关系：读取程序与数据库两次独立计算的结果和差额一致",
    meaning_en="Within a report, the reader's evaluation and the warehouse's give the same status and residual",
    rows_sql="""
        select r.agency_id, r.year, coalesce(p.identity_id, v.identity_id) as identity_id,
            p.status as status_of_reader, v.status as status_of_warehouse,
            p.residual as residual_of_reader, v.residual as residual_of_warehouse
        from (select * from raw_verdicts semi join reports using (report_id)) as p
        full join (select * from verdicts where class = 'within') as v
            on p.report_id = v.report_id and p.identity_id = v.identity_id
        left join reports as r on r.report_id = coalesce(p.report_id, v.report_id)
        where p.status is distinct from v.status or p.residual is distinct from v.residual
    """,
)

_SUMMARIES = Definition(
    name="summary_counts_its_roster",
    owner="models",
    meaning_zh="核验了的政府汇总：右边恰为名册所列全部机关读取数字之和，一个不少，垂直管理系统不计",
    meaning_en="Of a summary that was assessed the right side is the sum of what was read of all agencies of the roster,"
    " without those of vertical systems",
    rows_sql="""
        with due as (
            select v.report_id, v.agency_id, v.year, v.identity_id, v.right_value, v.operands,
                replace(v.identity_id, 'hierarchy.', '') as cell, split_part(v.agency_id, ':', 1) as division_code
            from verdicts as v
            where v.class = 'hierarchy' and v.status <> 'not_assessable'
        ),
        roster as (
            select * from raw.roster
            where agency_id is not null and (
                source = 'operator'
                or division_code not in (select division_code from raw.roster where source = 'operator')
            )
        ),
        listed as (
            select agency_id, year, report_id from marts.fct_report
            where agency_id in (select agency_id from raw.roster)
        ),
        numbers as (
            select report_id, report_key from raw.report where agency_id in (select agency_id from raw.roster)
        )
        select d.agency_id, d.year, d.identity_id, d.right_value, sum(c.value) as sum_of_roster,
            d.operands - 1 as agencies_counted, count(r.agency_id) as agencies_of_roster, count(c.value) as agencies_read
        from due as d
        left join roster as r
            on d.division_code = r.division_code and d.year >= r.valid_from and d.year <= coalesce(r.valid_to, d.year)
        left join listed as a on r.agency_id = a.agency_id and d.year = a.year
        left join numbers as m on a.report_id = m.report_id
        left join raw.cell as c on m.report_key = c.report_key and d.cell = c.cell
        group by d.agency_id, d.year, d.identity_id, d.right_value, d.operands
        having d.right_value is distinct from sum(c.value) or count(c.value) <> d.operands - 1
            or count(r.agency_id) <> d.operands - 1
    """,
)

_CONSISTENT = Definition(
    name="consistent_as_checked",
    owner="models",
    meaning_zh="fct_report 的 is_consistent 和核验计数与核验结果相符",
    meaning_en="is_consistent and the counts of fct_report agree with the verdicts",
    rows_sql="""
        select r.agency_id, r.year, r.is_consistent, coalesce(v.errors_assessed, 0) as errors_assessed,
            coalesce(v.errors_broken, 0) as errors_broken, r.identities_assessed, r.identities_broken
        from reports as r
        left join (
            select report_id, count(*) as expected, count(residual) as assessed,
                count(*) filter (where status = 'broken') as broken,
                count(residual) filter (where severity = 'error') as errors_assessed,
                count(*) filter (where severity = 'error' and status = 'broken') as errors_broken
            from verdicts group by all
        ) as v using (report_id)
        where r.is_consistent is distinct from case when v.errors_assessed > 0 then v.errors_broken = 0 end
            or r.identities_expected <> coalesce(v.expected, 0)
            or r.identities_assessed <> coalesce(v.assessed, 0)
            or r.identities_broken <> coalesce(v.broken, 0)
    """,
)

_AS_COUNTED = Definition(
    name="verdicts_as_counted",
    owner="models",
    meaning_zh="int_report_judged 所记的每份细看的报告的核验计数与核验结果相符",
    meaning_en="int_report_judged has of every report that is looked at the numbers of its verdicts by class",
    rows_sql="""
        with counted as (
            select e.report_id, j.class, j.expected, j.assessed, j.broken, j.errors_assessed, j.errors_broken
            from intermediate.int_report_judged as j join examined as e using (report_key)
        ),
        there as (
            select report_id, class, count(*) as expected, count(residual) as assessed,
                count(*) filter (where status = 'broken') as broken,
                count(residual) filter (where severity = 'error') as errors_assessed,
                count(*) filter (where severity = 'error' and status = 'broken') as errors_broken
            from verdicts group by all
        )
        (from counted except all from there) union all (from there except all from counted)
    """,
)
