"""What a load touched: the models build anew these years of agencies, and nothing else."""

import duckdb

from ogi.project import read_seed

_YEARS = """
    insert into raw.touched_year
    with changed as (
        select agency_id, year from left_report
        union
        select agency_id, year from raw.report semi join new_report using (report_key)
    ),

    summed_up as (
        select distinct division_code, year from raw.roster inner join changed using (agency_id)
    ),

    governments as (
        select agency_id, year, division_code from raw.report
        where agency_id = division_code || ':人民政府'
    )

    select agency_id, year from changed
    union
    select agency_id, year - year_offset from changed cross join (select unnest($year_offsets) as year_offset)
    union
    select agency_id, year from governments semi join summed_up using (division_code, year)
    union
    select agency_id, year from governments semi join changed_roster using (division_code)
"""
_ALL_REPORTS = "insert into raw.touched_report select report_key from raw.report"
# The agencies first: each is looked up once, an agency and its year in every row (measured: a third of the time)
_REPORTS = """
    insert into raw.touched_report
    select report_key from left_report
    union
    select report_key from raw.report semi join raw.touched_year using (agency_id, year)
    where agency_id in (select agency_id from raw.touched_agency)
"""
# The models are still those of the release before
_BEFORE = """
    insert into raw.touched_before
    select report_key, is_current and is_representing from intermediate.int_report_source
    where report_key in (select report_key from raw.touched_report)
"""
_ALL_DISTRICTS = """
    insert into raw.touched_district select distinct coalesce(division_code[:6], 'unresolved') from raw.report
"""
_DISTRICTS = """
    insert into raw.touched_district
    select coalesce(division_code[:6], 'unresolved') from left_report
    union
    select coalesce(division_code[:6], 'unresolved') from raw.report
    where agency_id in (select agency_id from raw.touched_agency)
"""


def note_touched(connection: duckdb.DuckDBPyConnection, *, everywhere: bool) -> tuple[int, int]:
    """Fill the tables `raw.touched_…`; return the number of agencies, and of their years.

    Touched is a year of an agency of which a report came or left: `new_report` and `left_report` of `bring_batches` say
    which. So is every year whose identities read a figure of such a year; and the same year of a government whose report
    sums up such an agency, or every year of one whose roster is another (`changed_roster` of `load_rosters`). A district is
    touched where such an agency is or was. What the release before had of the touched reports is noted unless all of it is
    touched (`everywhere`).
    """
    if everywhere:
        connection.execute("insert into raw.touched_year select distinct agency_id, year from raw.report")
    else:
        connection.execute(_YEARS, {"year_offsets": _year_offsets()})
    connection.execute("insert into raw.touched_agency select distinct agency_id from raw.touched_year")
    connection.execute(_ALL_REPORTS if everywhere else _REPORTS)
    if not everywhere:
        connection.execute(_BEFORE)
    connection.execute(_ALL_DISTRICTS if everywhere else _DISTRICTS)
    ((agencies, years),) = connection.execute(
        "select count(distinct agency_id), count(*) from raw.touched_year"
    ).fetchall()
    return int(agencies), int(years)


def _year_offsets() -> list[int]:
    """Return how far the years lie apart that one identity is over: -1 where it reads a figure of the year before."""
    return sorted({int(row["year_offset"]) for row in read_seed("identity_terms")} - {0})
