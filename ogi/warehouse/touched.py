"""What a load touched: the models build anew whole agencies, for their years and versions depend on one another."""

import duckdb


def note_touched(connection: duckdb.DuckDBPyConnection, *, everywhere: bool) -> int:
    """Fill `raw.touched_agency` and `raw.touched_report`; return the number of agencies.

    Touched is an agency with a report that came or left: `new_report` and `left_report` of `bring_batches` say which. So
    is a government whose report sums up such an agency, or whose roster is another (`changed_roster` of `load_rosters`).
    """
    if everywhere:
        connection.execute("insert into raw.touched_agency select distinct agency_id from raw.report")
        return _count(connection)
    connection.execute(
        """
        insert into raw.touched_agency
        with changed as (
            select agency_id from left_report
            union
            select agency_id from raw.report semi join new_report using (report_key)
        ),

        divisions as (
            select division_code from changed_roster
            union
            select division_code from raw.roster semi join changed using (agency_id)
        )

        select agency_id from changed
        union
        select report.agency_id from raw.report semi join divisions using (division_code)
        where report.agency_id = report.division_code || ':人民政府'
        """
    )
    connection.execute(
        """
        insert into raw.touched_report
        select report_key from left_report
        union
        select report_key from raw.report semi join raw.touched_agency using (agency_id)
        """
    )
    return _count(connection)


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    ((count,),) = connection.execute("select count(*) from raw.touched_agency").fetchall()
    return int(count)
