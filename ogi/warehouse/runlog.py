"""`run.log`: what happened, which file, how long, as JSON lines; errors with their traceback."""

import datetime as dt
import json
import logging
from logging.handlers import RotatingFileHandler
from typing import Any

from ogi.warehouse.home import Home

_MAX_BYTES = 20_000_000
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object a record; whatever was given as `extra` becomes a field of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Render a record as one line."""
        line: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "what": record.getMessage(),
        }
        line.update({name: value for name, value in vars(record).items() if name not in _OWN})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def start_run_log(home: Home) -> None:
    """Send what `ogi` says, and the warnings of its libraries, to `run.log` and nowhere else."""
    handler = RotatingFileHandler(
        home.run_log, maxBytes=_MAX_BYTES, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler.formatter, JsonLines)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("ogi").setLevel(logging.INFO)
    logging.captureWarnings(True)
    # Where a full disk takes no more lines, ours or dbt's, the command's own message is not to be buried in tracebacks
    logging.raiseExceptions = False
