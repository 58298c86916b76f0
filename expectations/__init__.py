"""Expectations: what must hold before a build is published, and what the published reports are found to do.

Each is one query for the rows that must not exist (`model.Definition`), and stands in the suite of what it
looks at. The pipeline's stop a release; the sources' are findings. Great Expectations runs them
(`no_such_rows`).
"""
