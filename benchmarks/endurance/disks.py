"""Disks that fail: one that is full, one that may only be read. Mounting takes root."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotMount(Exception):
    """This process may not mount anything; the message says why."""


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Have a disk of so many bytes at an empty folder.

    Raises:
        CannotMount: it is not permitted.
    """
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        _run("umount", "--lazy", str(folder))


@contextmanager
def filled(disk: Path, room: int = 0) -> Iterator[None]:
    """Fill a disk but for so many bytes, until it is left."""
    filler = disk / "filler"
    status = os.statvfs(disk)
    with filler.open("wb", buffering=0) as file:
        os.posix_fallocate(file.fileno(), 0, max(status.f_bavail * status.f_frsize - room, 1))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let a folder only be read, even by root, who may write where the permissions say no.

    Raises:
        CannotMount: it is not permitted.
    """
    _mount("--bind", str(folder), str(folder))
    try:
        _mount("-o", "remount,ro,bind", str(folder))
        yield
    finally:
        _run("umount", "--lazy", str(folder))


def _mount(*arguments: str) -> None:
    done = _run("mount", *arguments)
    if done.returncode != 0:
        raise CannotMount(done.stderr.strip())


def _run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False)
