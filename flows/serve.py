"""`ogi serve`: Prefect's server, its runner and a watch over both, for as long as the process lives."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from flows.plan import Plan
from flows.prefect_home import database
from flows.server import ServerFailed, Starting, new_password, prefect_server
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home
from ogi.warehouse.runlog import start_run_log

_WATCH_SECONDS = 2
Say = Callable[[str], None]


def serve(home: Home, plan: Plan, *, port: int, at_once: bool, say: Say) -> None:
    """Keep the schedule until SIGINT or SIGTERM; what becomes of a load is its own process's to say.

    Prefect's server and runner are started anew when one of them ends or Prefect's folder is deleted.

    Args:
        home: OGI_HOME.
        plan: what is loaded and when.
        port: of the loopback, for the user interface; another one if it is taken.
        at_once: also run one load now.
        say: where to tell what happens.

    Raises:
        WarehouseError: another process keeps the schedule, or Prefect's server does not start.
    """
    with _only_one(home), _stop_signals() as stopped:
        start_run_log(home)
        password = _password(home)
        try:
            while not stopped.is_set():
                with prefect_server(
                    home.prefect / "serve", port=port, password=password, releases=home.releases
                ) as server:
                    at_once = _keep(home, plan, server, stopped, say, at_once=at_once)
        except ServerFailed as error:
            raise WarehouseError(
                f"流程引擎 Prefect 未能启动，原因见 {error}。",
                "Prefect's server did not start: its log says why.",
            ) from error
        say("调度已停止。 / The schedule has ended.")


def _keep(
    home: Home, plan: Plan, server: Starting, stopped: threading.Event, say: Say, *, at_once: bool
) -> bool:
    """Run the schedule until it is stopped or something it stands on is lost; tell whether that cut off a load."""
    from flows.schedule import Timetable

    server.wait()
    schedule = Timetable(plan)
    schedule.start(at_once=at_once)
    file = database(home.prefect / "serve")
    identity = _identity(file)
    say(
        f"调度已启动：{plan.cron}（{plan.timezone}），{_anew(plan)}{_what(plan)}。 / The schedule runs.\n"
        f"界面 / user interface: {server.address}  口令 / password: 见 / see {_password_file(home)}"
    )
    try:
        while not stopped.wait(_WATCH_SECONDS):
            if not (server.is_running and schedule.is_running and _identity(file) == identity):
                say(
                    "Prefect 的服务或数据已丢失，正在重新启动。 / Prefect's server or state was lost: starting anew."
                )
                return schedule.is_loading
    finally:
        schedule.stop()
    return False


def _anew(plan: Plan) -> str:
    cron = plan.full_refresh_cron
    return f"全部重建 / all anew {cron}，" if cron else ""


def _what(plan: Plan) -> str:
    return f"收件箱 / inbox {plan.inbox}" if plan.inbox else "设置里的来源 / the sources of the settings"


def _identity(file: Path) -> tuple[int, int] | None:
    """Tell one file from another under its name."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _password_file(home: Home) -> Path:
    return home.root / "serve.password"


def _password(home: Home) -> str:
    """Return the password of the user interface: the same one at every start, readable by this user alone."""
    file = _password_file(home)
    if not file.is_file():
        file.touch(mode=0o600)
        file.write_text(new_password() + "\n", encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()


@contextmanager
def _only_one(home: Home) -> Iterator[None]:
    """Let one process keep the schedule of an OGI_HOME."""
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home.root / "serve.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise WarehouseError(
            f"{home.root} 的调度已在运行，不必再启动。",
            "Another `ogi serve` keeps the schedule there already.",
        ) from None
    except OSError as error:
        raise WarehouseError(
            f"无法写入 OGI_HOME（{home.root}）：{error.strerror}。", f"OGI_HOME cannot be written: {error}."
        ) from error
    with lock:
        yield


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    """Turn Ctrl-C and SIGTERM into an event."""
    stopped = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stopped.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
