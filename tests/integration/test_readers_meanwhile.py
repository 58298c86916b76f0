"""While a load runs: who holds the file keeps it, who opens it anew sees a whole release, and no second load starts."""

import re
import subprocess
import sys
import time

import duckdb
import pytest
from integration.command_line import TITLE, query, release_of, run_ogi, start_ogi

pytestmark = pytest.mark.integration

COUNT = "select count(*) from marts.fct_report_cell"
OPEN_AND_COUNT = f"""
import sys, duckdb
print(duckdb.connect(sys.argv[1], read_only=True).execute("{COUNT}").fetchone()[0])
"""


def test_readers_are_never_disturbed_and_a_second_load_is_refused(home, tmp_path, street_2020):
    (tmp_path / "inbox").mkdir()
    newer = street_2020.decode().replace(TITLE, TITLE.replace("2020", "2018"))
    (tmp_path / "inbox" / "newer.txt").write_text(newer, encoding="utf-8")
    before, ((cells,),) = release_of(home), query(home, COUNT)
    seen = set()
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as holder:
        load = start_ogi(home, "load", str(tmp_path / "inbox"))
        while not (home / "load.holder.json").exists():
            time.sleep(0.01)
        second = run_ogi(home, "load", str(tmp_path / "inbox"))
        assert (second.returncode, second.stdout) == (1, "")
        assert re.search(rf"另一个进程正在写入 .*PID {load.pid}", second.stderr)
        while load.poll() is None:
            assert holder.execute(COUNT).fetchone() == (cells,)
            opened = subprocess.run(
                [sys.executable, "-c", OPEN_AND_COUNT, str(home / "warehouse.duckdb")],
                capture_output=True,
                text=True,
                check=False,
            )
            assert opened.returncode == 0, opened.stderr
            seen.add(int(opened.stdout))
        load.communicate()
        assert load.returncode == 0
        assert holder.execute(COUNT).fetchone() == (cells,)
    ((cells_now,),) = query(home, COUNT)
    assert cells_now > cells
    assert seen <= {cells, cells_now}
    assert cells in seen
    assert release_of(home) != before
