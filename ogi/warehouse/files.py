"""Writing that survives a crash: a file or folder exists whole, or not at all."""

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from blake3 import blake3

from ogi.warehouse.errors import WarehouseError

_HASHED_AT_ONCE = 2**23


def sync_file(path: Path) -> None:
    """Have the system put a file's or folder's contents on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Put a folder and everything in it on the disk."""
    for parent, _, names in os.walk(folder):
        for name in names:
            sync_file(Path(parent) / name)
        sync_file(Path(parent))


def rename(source: Path, target: Path) -> None:
    """Give a file or folder its final name in one step, durably."""
    source.replace(target)
    sync_file(target.parent)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a readable JSON file, durably; what JSON does not know (a time, a decimal) is written as text."""
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text + "\n", encoding="utf-8")
    sync_file(temporary)
    rename(temporary, path)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's contents."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def blake3_of(path: Path) -> str:
    """Return the BLAKE3 hash of a file's contents, as `b3sum` prints it: gigabytes in a quarter of the time of SHA-256."""
    hashing = blake3(max_threads=blake3.AUTO)
    block, next_block = bytearray(_HASHED_AT_ONCE), bytearray(_HASHED_AT_ONCE)
    # Not mapped into memory: a disk that fails would end the process then, and say nothing
    with path.open("rb", buffering=0) as file, ThreadPoolExecutor(1) as beside:
        size = file.readinto(block)
        while size:
            reading = beside.submit(file.readinto, next_block)
            hashing.update(memoryview(block)[:size])
            size = reading.result()
            block, next_block = next_block, block
    return hashing.hexdigest()


def require_new_folder(out: Path) -> None:
    """Refuse to write among files of others: the folder must be empty or not there.

    Raises:
        WarehouseError: it is neither.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WarehouseError(f"{out} 不是空文件夹，请换一个。", "The folder is not empty: name another one.")
