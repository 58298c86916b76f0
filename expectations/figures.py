"""The figures: a gap stays a gap, marts repeat what is printed, amounts have units, nothing counts twice."""

from expectations.model import Definition, Suite


def suite() -> Suite:
    """Return the suite."""
    return Suite(
        name="figures",
        title_zh="数字",
        title_en="Figures",
        definitions=(
            _STATE,
            _VALUE,
            _BLANK,
            _REPEATED,
            _AMOUNT,
            _WITHOUT_UNIT,
            _AGENCY_TOTAL,
            _DISTRICT_TOTAL,
        ),
    )


_STATE = Definition(
    name="state_accepted",
    owner="reading",
    meaning_zh="单元格状态只能是五种之一",
    meaning_en="The state of a cell is one of the five",
    rows_sql="""
        select agency_id, year, cell, page, state from cells
        where coalesce(state, '') not in ('reported', 'blank', 'not_applicable', 'illegible', 'missing')
    """,
)

_VALUE = Definition(
    name="value_iff_reported",
    owner="reading",
    meaning_zh="有数字当且仅当状态为 reported：缺失不等于零",
    meaning_en="A cell has a value exactly when its state is reported: a gap is no zero",
    rows_sql="""
        select agency_id, year, cell, page, state, value, raw from cells
        where (coalesce(state, '') = 'reported') <> (value is not null)
    """,
)

_BLANK = Definition(
    name="blank_is_no_zero",
    owner="reading",
    meaning_zh="印刷内容为空白或“/”“无”“不涉及”等的单元格没有数值",
    meaning_en="A cell that is printed blank, or with a sign for not applicable, has no value",
    rows_sql=r"""
        select agency_id, year, cell, page, state, value, raw from cells
        where value is not null
            and regexp_replace(raw, '[\s' || chr(160) || chr(12288) || ']', '', 'g') in (
                '', '/', '／', '-', '－', '—', '--', '——', '无', '不涉及', '不适用'
            )
    """,
)

# One row a figure that a mart shows: which mart, which cell it repeats, and the value there
_SHOWN = """
    select 'fct_application_flow' as mart, agency_id, year,
        'applications.' || measure || '.' || applicant_kind as cell, shown
    from (
        select agency_id, year, applicant_kind, new_requests, carried_over, total_processed, carried_forward
        from flows
    ) unpivot include nulls (
        shown for measure in (new_requests, carried_over, total_processed, carried_forward)
    )
    union all
    select 'fct_application_outcome', agency_id, year,
        'applications.' || outcome || '.' || applicant_kind, requests
    from outcomes
    union all
    select 'fct_review', agency_id, year, 'reviews.' || channel || '.' || result, cases
    from reviews
    union all
    select 'fct_proactive_disclosure', agency_id, year,
        'proactive.' || information_kind || '.' || measure, shown
    from (
        select agency_id, year, information_kind, made, newly_disclosed, total_disclosed, issued, repealed,
            in_force, prior_year_items, change, decisions, items
        from disclosures
    ) unpivot (
        shown for measure in (
            made, newly_disclosed, total_disclosed, issued, repealed, in_force, prior_year_items, change,
            decisions, items
        )
    )
    union all
    select 'fct_procurement', agency_id, year, 'proactive.procurement.items', items from procurements
"""

_REPEATED = Definition(
    name="marts_repeat_the_figures",
    owner="models",
    meaning_zh="各主题表中的数字与报告单元格一致，且没有遗漏",
    meaning_en="The marts by subject show the figures of the cells, and each of them",
    rows_sql=f"""
        with shown as ({_SHOWN}),
        printed as (
            select c.agency_id, c.year, c.cell, c.page, f.is_optional,
                case when c.value = trunc(c.value) then c.value end as value
            from cells as c join form_cell as f using (template, cell)
            where f.kind <> 'money' and not starts_with(c.cell, 'statistics.')
        )
        select s.mart, coalesce(s.agency_id, p.agency_id) as agency_id, coalesce(s.year, p.year) as year,
            coalesce(s.cell, p.cell) as cell, p.page, p.value as printed, s.shown
        from shown as s full join printed as p
            on s.agency_id = p.agency_id and s.year = p.year and s.cell = p.cell
        where s.shown is distinct from p.value and not (s.mart is null and p.is_optional)
    """,
)

_AMOUNT = Definition(
    name="amount_in_yuan",
    owner="models",
    meaning_zh="以元计的金额按所印单位换算；单位不明时为空",
    meaning_en="An amount in yuan follows from the printed amount and unit; null where the unit is unknown",
    rows_sql="""
        with amounts as (
            select 'fct_procurement' as mart, agency_id, year, amount, unit, amount_yuan
            from procurements
            union all
            select 'fct_proactive_disclosure', agency_id, year, amount, unit, amount_yuan from disclosures
            where information_kind = 'procurement'
        ),
        printed as (
            select agency_id, year, value, unit from cells where cell = 'proactive.procurement.amount'
        ),
        unit(unit, in_yuan) as (values ('元', 1), ('万元', 10000), ('亿元', 100000000))
        select a.mart, agency_id, year, a.amount, p.value as printed, a.unit, p.unit as unit_printed,
            a.amount_yuan
        from amounts as a
        left join printed as p using (agency_id, year)
        left join unit as u on a.unit = u.unit
        where a.amount is distinct from p.value or a.unit is distinct from p.unit
            or a.amount_yuan <> cast(a.amount * u.in_yuan as decimal(38, 2))
            or (a.amount_yuan is null and a.amount is not null and a.unit in ('元', '万元'))
            or (a.amount_yuan is not null and u.in_yuan is null)
    """,
)

_WITHOUT_UNIT = Definition(
    name="amounts_without_unit_listed",
    owner="models",
    meaning_zh="int_amount_without_unit 恰为未注明元或万元的金额",
    meaning_en="int_amount_without_unit has exactly the amounts that are printed without their unit",
    rows_sql="""
        with printed as (
            select report_id, cell from cells join form_cell using (template, cell)
            where kind = 'money' and value is not null and coalesce(unit, '') not in ('元', '万元')
        ),
        listed as (
            select report_id, cell
            from intermediate.int_amount_without_unit
            join (select report_key, report_id from examined) using (report_key)
        )
        select report_id, cell, p.cell is not null as is_printed, l.cell is not null as is_listed
        from printed as p full join listed as l using (report_id, cell)
        where p.cell is null or l.cell is null
    """,
)

_AGENCY_TOTAL = Definition(
    name="agency_total_is_printed",
    owner="models",
    meaning_zh="mart_agency_year 的新收申请数就是报告印出的总计，未与各类申请人相加",
    meaning_en="new_requests of an agency is the printed total, not summed with its parts",
    rows_sql="""
        select m.agency_id, m.year, c.cell, c.page, c.value as printed, m.new_requests
        from (from marts.mart_agency_year where agency_id in (select agency_id from examined)) as m
        semi join examined using (agency_id, year)
        left join (
            select agency_id, year, cell, page, value
            from cells join marts.dim_cell using (template, cell)
            where comparable_measure = 'applications.new_requests.total'
        ) as c on m.agency_id = c.agency_id and m.year = c.year
        where m.new_requests is distinct from case when c.value = trunc(c.value) then c.value end
    """,
)

_DISTRICT_TOTAL = Definition(
    name="district_total_counts_once",
    owner="models",
    meaning_zh="有机关的每一区县年度都有一行，其合计等于各机关之和，政府汇总报告不与部门报告重复相加",
    meaning_en="Every district and year with an agency has its row, and its new_requests is the sum of its agencies, without"
    " the government's summary of them",
    rows_sql="""
        select coalesce(d.district_code, a.district_code) as district_code, coalesce(d.year, a.year) as year,
            d.new_requests, a.of_agencies, a.of_all
        from marts.mart_district_year as d
        full join (
            select district_code, year, sum(new_requests) as of_all,
                sum(new_requests) filter (where agency_kind <> 'government') as of_agencies,
                bool_or(agency_kind <> 'government' and report_id is not null) as has_agencies
            from marts.mart_agency_year group by all
        ) as a on d.district_code = a.district_code and d.year = a.year
        where d.district_code is null or a.district_code is null
            or d.new_requests is distinct from case when a.has_agencies then a.of_agencies else a.of_all end
    """,
)
