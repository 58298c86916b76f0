"""Fuzz a reader: atheris changes documents so that ever more lines of `ogi` run, until one breaks it.

    python -m pip install 'ogi-warehouse[fuzz]'
    python -m benchmarks.fuzz html --seconds 300

Begins with the documents of `tests/documents`. A crash is any exception but UnreadableDocument, a document that takes
more than 20 s, or 2 GB of memory; the input that did it is written to the folder for crashes, and the exit status is 1.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.fuzz.corpus import READERS, write_corpus

SECONDS_A_DOCUMENT, MEGABYTES = 20, 2000


def main() -> int:
    """Run the fuzzer; return 1 if it found something."""
    arguments = _arguments()
    arguments.crashes.mkdir(parents=True, exist_ok=True)
    before = set(arguments.crashes.iterdir())
    with tempfile.TemporaryDirectory(prefix="ogi-fuzz-") as corpus:
        write_corpus(arguments.reader, Path(corpus))
        command = [sys.executable, "-m", "benchmarks.fuzz.target", arguments.reader, corpus]
        limits = [
            f"-max_total_time={arguments.seconds}",
            f"-runs={arguments.runs}",
            f"-timeout={SECONDS_A_DOCUMENT}",
            f"-rss_limit_mb={MEGABYTES}",
            f"-artifact_prefix={arguments.crashes}/{arguments.reader}-",
        ]
        ended = subprocess.run([*command, *limits], check=False).returncode
    found = sorted(set(arguments.crashes.iterdir()) - before)
    for crash in found:
        print(
            f"{crash}：读取程序在此文件上出错（原因见上）；改好后请连同应有的结果放进 tests/documents/<版式>/。"
            f" / The reader broke over it (see above): mend it, and put it with its expected.json into tests/documents/<shape>/."
        )
    return int(bool(found) or ended != 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.fuzz", description="Fuzz a reader with atheris.")
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("--seconds", type=int, default=60, help="how long to go on (60; 0: for ever)")
    parser.add_argument("--runs", type=int, default=-1, help="after how many documents to stop at the latest")
    parser.add_argument(
        "--crashes", type=Path, default=Path("crashes"), help="folder for what broke a reader"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
