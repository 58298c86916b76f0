"""Landing zone, load, build, audit, release: everything that touches the database."""
