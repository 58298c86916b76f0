"""The machine: room on the disk, permissions, the clock, who is at work."""

import datetime as dt
import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from ogi.warehouse.doctor.verdict import Patient, Verdict, advice, mend, ok
from ogi.warehouse.home import DATABASE, holder_file

# Room for a night's documents and the models' working files, beside one more copy of the release
_ROOM_BYTES = 2_000_000_000
_FEWEST_FILES = 10_000
_CLOCK_SLACK = dt.timedelta(minutes=5)


def disk_space(patient: Patient) -> Iterator[Verdict]:
    """There is room for tonight's documents and one more copy of the release."""
    place = existing_parent(patient.home.root)
    free = shutil.disk_usage(place).free
    current = patient.home.current_release()
    copy = (patient.home.releases / current / DATABASE).stat().st_size if current else 0
    needed = copy + _ROOM_BYTES
    found = (
        f"{place} 剩余 {_gb(free)}，一次入库需要约 {_gb(needed)}"
        f" / {_gb(free)} free, a load takes about {_gb(needed)}"
    )
    if free < needed:
        yield mend(
            found,
            "腾出空间，或调小 releases.keep_last，或把 home 移到更大的磁盘"
            " / free some, lower releases.keep_last, or move home to a larger disk",
        )
    else:
        yield ok(found)
    files = os.statvfs(place)
    if files.f_files and files.f_favail < _FEWEST_FILES:
        yield mend(
            f"磁盘只能再建 {files.f_favail} 个文件 / only {files.f_favail} more files can be made",
            "删除不用的小文件，或换一个文件系统 / delete small files, or use another file system",
        )


def permissions(patient: Patient) -> Iterator[Verdict]:
    """Whoever runs this may write everything in OGI_HOME."""
    home = patient.home
    if not home.root.exists():
        parent = existing_parent(home.root)
        if os.access(parent, os.W_OK | os.X_OK):
            yield ok(f"{home.root} 还没有，首次入库时建立 / is not there yet; the first load makes it")
        else:
            yield mend(
                f"{home.root} 还没有，且 {parent} 不可写 / is not there, and its parent cannot be written",
                _own(home.root),
            )
        return
    needed = [home.root, home.landing, home.parsed, home.builds, home.releases, home.prefect]
    needed += [home.ledger, home.run_log]
    closed = [
        path for path in needed if path.exists() and not os.access(path, os.W_OK | os.R_OK | _enter(path))
    ]
    if closed:
        names = ", ".join(map(str, closed))
        yield mend(f"当前用户不可读写 / not readable and writable: {names}", _own(home.root))
    else:
        yield ok(f"{home.root} 可读写 / readable and writable")


def clock(patient: Patient) -> Iterator[Verdict]:
    """The clock is not behind what was written last: releases and runs are named by time."""
    home = patient.home
    stamps = [folder.name for folder in home.releases.iterdir()] if home.releases.is_dir() else []
    times = [time for stamp in stamps if (time := _time_of(stamp))]
    if home.ledger.exists():
        written = dt.datetime.fromtimestamp(home.ledger.stat().st_mtime, dt.UTC)
        times.append(written)
    newest = max(times, default=patient.now)
    if newest > patient.now + _CLOCK_SLACK:
        yield mend(
            f"时钟为 {patient.now:%F %T} UTC，早于已有记录 {newest:%F %T}"
            f" / the clock is behind the last record by {newest - patient.now}",
            "校准时钟（timedatectl set-ntp true） / set the clock (timedatectl set-ntp true)",
        )
    else:
        yield ok(f"时钟 / clock {patient.now:%F %T} UTC")


def lock(patient: Patient) -> Iterator[Verdict]:
    """No load hangs, and none was broken off."""
    file = holder_file(patient.home)
    try:
        holder = json.loads(file.read_text(encoding="utf-8"))
        since = dt.datetime.fromisoformat(holder["since"])
        who = f"PID {holder['pid']}, {holder['user']}@{holder['host']}, {holder['since']}"
        is_here = holder["host"] == socket.gethostname()
        pid = int(holder["pid"])
    except FileNotFoundError:
        yield ok("没有正在进行的入库 / no load is running")
        return
    except (OSError, ValueError, KeyError, TypeError):
        yield advice(f"{file} 无法读取 / cannot be read", "下次入库会重写 / the next load writes it anew")
        return
    limit = dt.timedelta(minutes=patient.read.settings.schedule.time_limit_minutes)
    if not is_here:
        yield advice(
            f"另一台机器上的入库 / a load on another machine: {who}",
            "在那台机器上查看它是否还在运行 / look there whether it still runs",
        )
    elif not _is_alive(pid):
        yield advice(
            f"上次入库被中断 / the last load was broken off: {who}",
            "无需处理，下次入库会接着完成 / nothing to do: the next load takes up the work",
        )
    elif patient.now - since > limit:
        yield mend(
            f"入库已超过 {limit} 仍未结束 / a load runs longer than its limit: {who}",
            f"查看 {patient.home.run_log}，必要时结束它：kill {pid}；下次入库会接着完成"
            f" / read the log, end it if it hangs: kill {pid}; the next load takes up the work",
        )
    else:
        yield ok(f"正在入库 / a load is running: {who}")


def existing_parent(path: Path) -> Path:
    """Return the path itself, or the nearest folder above it that exists."""
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        pass
    return True


def _enter(path: Path) -> int:
    return os.X_OK if path.is_dir() else 0


def _own(path: Path) -> str:
    return (
        f"以运行入库的用户身份：chown -R 用户 {path} / give it to the user that loads: chown -R USER {path}"
    )


def _time_of(release: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(release, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
