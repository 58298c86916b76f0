"""The warehouse at national scale, against bare DuckDB on the same cells in the same run."""
