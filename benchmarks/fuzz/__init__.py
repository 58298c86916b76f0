"""Coverage-guided fuzzing of the readers; `python -m benchmarks.fuzz --help`."""
