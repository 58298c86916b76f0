"""Document to ParsedReport: find the tables, align labels to cells, read numbers, prose and metadata."""
