"""How much memory the process that reads may take."""

import resource
import sys
from pathlib import Path

from ogi.documents.limits import MAX_MEMORY_BYTES, MAX_RECOGNITION_MEMORY_BYTES

_UNLIMITED = resource.RLIM_INFINITY


class Memory:
    """The memory of a process that reads documents; what it had before, from the one that was forked, does not count."""

    def __init__(self) -> None:
        """Limit this process to `MAX_MEMORY_BYTES` from here on; `allow_recognition` can raise that.

        Data, not address space: onnxruntime and LibreOffice reserve far more addresses than they use.
        """
        before = _data_bytes()
        self._before = _most_bytes()
        resource.setrlimit(
            resource.RLIMIT_DATA, (before + MAX_MEMORY_BYTES, before + MAX_RECOGNITION_MEMORY_BYTES)
        )

    def share_used(self) -> float:
        """Return the most memory that reading ever took here, as a share of `MAX_MEMORY_BYTES`."""
        return (_most_bytes() - self._before) / MAX_MEMORY_BYTES


def allow_recognition() -> None:
    """Have text recognition get what it needs, where memory is limited at all."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if soft != _UNLIMITED:
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def _most_bytes() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _data_bytes() -> int:
    """Return how much data this process has allocated, in bytes; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()
    except OSError:
        return 0
