"""Prefect's settings: its own folder, nothing sent anywhere, nothing on the terminal, no results kept."""

import os
from pathlib import Path

_ALWAYS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    # No block catalogue, no triggers, no work pools
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
}
_FOR_ONE_LOAD = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
}
# Runs are shown for a season and then forgotten, their events after a week: the database stays small for years
_FOR_THE_SCHEDULE = {
    "PREFECT_SERVER_UI_ENABLED": "true",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "P90D",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
}


def prefect_environment(home: Path, *, is_schedule: bool) -> dict[str, str]:
    """Return the environment of Prefect whose folder is `home`; the user's own settings play no part."""
    return {
        "PREFECT_HOME": str(home),
        # Prefect copies the pages of its user interface, by default into its own package
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home / "ui"),
        **_ALWAYS,
        **(_FOR_THE_SCHEDULE if is_schedule else _FOR_ONE_LOAD),
    }


def use(environment: dict[str, str]) -> None:
    """Make these the settings of this process; Prefect reads them when it is imported."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    os.environ.update(environment)
