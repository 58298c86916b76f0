"""What OGI_HOME holds: the ledger, the published release, builds, Prefect's database."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ogi.warehouse.builds import FAILED
from ogi.warehouse.doctor.verdict import Patient, Verdict, advice, mend, ok
from ogi.warehouse.files import blake3_of
from ogi.warehouse.home import DATABASE, holder_file
from ogi.warehouse.manifest import read_manifest
from ogi.warehouse.release import PUBLISHED


def ledger(patient: Patient) -> Iterator[Verdict]:
    """The memory of the intake is whole."""
    yield from _database(
        patient.home.ledger,
        "台账 / the ledger",
        "移走它再运行 ogi load：全部文件会重新读取，已发布的数据不受影响"
        " / move it away and run `ogi load`: every file is read anew, what is published stays",
    )


def prefect(patient: Patient) -> Iterator[Verdict]:
    """Prefect's memory of former runs is whole; nothing depends on it."""
    yield from _database(
        patient.home.prefect / "prefect.db",
        "流程引擎的数据库 / Prefect's database",
        f"删除 {patient.home.prefect}：不会丢失数据 / delete that folder: nothing is lost",
    )


def release(patient: Patient) -> Iterator[Verdict]:
    """The link leads to a published release that opens and is as it was published."""
    import duckdb

    home = patient.home
    if not home.warehouse.is_symlink():
        if home.warehouse.exists():
            yield mend(
                f"{home.warehouse} 不是链接 / is no link",
                "移走它，再运行 ogi rollback 版本 / move it away, then `ogi rollback RELEASE`",
            )
        else:
            yield ok("还没有发布 / nothing is published yet")
        return
    current = home.current_release()
    go_back = "ogi releases 列出可用的版本，ogi rollback 版本 退回 / `ogi rollback RELEASE` to one of `ogi releases`"
    if current is None:
        yield mend(f"{home.warehouse} 指向的发布不存在 / the link leads to no release", go_back)
        return
    file = home.releases / current / DATABASE
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            connection.execute("select count(*) from marts.fct_report").fetchone()
    except duckdb.Error as error:
        yield mend(
            f"当前发布 {current} 无法打开 / does not open: {' '.join(str(error).split())[:200]}", go_back
        )
        return
    manifest = read_manifest(home, current)
    if changed := _changed(file.parent, manifest):
        yield mend(f"当前发布 {current} 的 {changed} 与发布时不同 / is not as it was published", go_back)
    elif not (file.parent / PUBLISHED).exists():
        yield advice(
            f"发布 {current} 缺少完成标记 / lacks its mark of completion",
            "无需处理，下次入库会补上 / nothing to do: the next load adds it",
        )
    elif not manifest:
        yield advice(
            f"发布 {current} 的 manifest.json 无法读取 / its manifest cannot be read",
            "下次入库会重新建立发布 / the next load builds a new release",
        )
    else:
        yield ok(f"当前发布 / the current release: {current}")


def _changed(folder: Path, manifest: dict[str, Any]) -> str | None:
    """Name a file of a release that is gone, or that its manifest knows by another hash."""
    for name, known in manifest.get("files", {}).items():
        # A release of an earlier make has other hashes
        is_known = "blake3" in known
        if not (folder / name).is_file() or (is_known and blake3_of(folder / name) != known["blake3"]):
            return str(name)
    return None


def builds(patient: Patient) -> Iterator[Verdict]:
    """The last build became a release, and nothing half made lies about."""
    home = patient.home
    folders = sorted(home.builds.iterdir()) if home.builds.is_dir() else []
    failed = [folder for folder in folders if (folder / FAILED).is_file()]
    latest = next((folder for folder in failed[-1:] if folder.name > (home.current_release() or "")), None)
    if latest is not None:
        yield mend(
            f"最近一次入库未发布 / the last load was not published: {_reason(latest / FAILED)}",
            f"查看 {latest} 里的 run.json 和 audit，改正后再运行 ogi load / look there, mend it, run `ogi load`",
        )
    half_made = [folder for folder in folders if folder not in failed]
    half_made += list(home.landing.glob("incoming*.tmp")) if home.landing.is_dir() else []
    if half_made and not holder_file(home).exists():
        yield advice(
            f"中断的入库留下 {len(half_made)} 项 / left by a load that was broken off: {half_made[0]}",
            "无需处理，下次入库会清除 / nothing to do: the next load clears it away",
        )
    elif latest is None:
        yield ok("没有失败或中断的构建 / no build failed or was broken off")


def _database(file: Path, name: str, how: str) -> Iterator[Verdict]:
    if not file.exists():
        yield ok(f"{name} 还没有 / is not there yet")
        return
    try:
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
        try:
            found = "; ".join(row[0] for row in connection.execute("pragma quick_check(3)"))
        finally:
            connection.close()
    except sqlite3.Error as error:
        found = str(error)
    if found == "ok":
        yield ok(f"{name} 完好 / is whole")
    else:
        yield mend(f"{name}（{file}）损坏 / is damaged: {found[:200]}", how)


def _reason(file: Path) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["reason"])
    except (OSError, ValueError, KeyError, TypeError):
        return str(file)
