"""What the settings name outside OGI_HOME: folders, web sites, and who is told."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from ogi.settings.source import Source
from ogi.warehouse.doctor.verdict import Patient, Verdict, advice, mend, ok
from ogi.warehouse.fetching.errors import FetchFailed
from ogi.warehouse.fetching.fetcher import Fetcher
from ogi.warehouse.home import Home
from ogi.warehouse.intake import FileProblem
from ogi.warehouse.landing import LandingZone
from ogi.warehouse.urls import UrlFileUnreadable, addresses


def settings(patient: Patient) -> Iterator[Verdict]:
    """The settings are valid, or there would be no doctor."""
    yield ok(f"设置有效 / the settings are valid: {patient.read.file or '默认 / defaults'}")


def receivers(patient: Patient) -> Iterator[Verdict]:
    """Somebody is told when a night fails."""
    alert = patient.read.settings.alert
    if alert.webhook or alert.email:
        yield ok("入库失败会通知到人 / somebody is told when a night fails")
    else:
        yield advice(
            "入库失败时没有人会收到通知 / nobody is told when a night fails",
            "设置 alert.webhook 或 alert.email / set alert.webhook or alert.email",
        )


def sources(patient: Patient) -> Iterator[Verdict]:
    """Every source can be read; web sites are asked only online."""
    for source in patient.read.settings.sources:
        if source.folder is not None:
            yield _folder(source.name, source.folder)
        else:
            yield from _web(patient, source)


def _folder(name: str, folder: Path) -> Verdict:
    where = f"来源“{name}” / source: {folder}"
    if not folder.is_dir():
        return mend(
            f"{where} 不存在 / is not there", "挂载共享，或改正 source 的 folder / mount it, or correct it"
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        return mend(f"{where} 不可读 / cannot be read", f"chmod -R u+rX {folder}")
    if next(folder.iterdir(), None) is None:
        return advice(
            f"{where} 是空的 / is empty", "若为共享，请检查是否已挂载 / if it is a share, is it mounted?"
        )
    return ok(f"{where} 可读 / can be read")


def _web(patient: Patient, source: Source) -> Iterator[Verdict]:
    problems: list[FileProblem] = []
    try:
        urls = addresses(source, problems)
    except UrlFileUnreadable as error:
        yield mend(f"来源“{source.name}”：{error}", "改正 source 的 url_file / correct its url_file")
        return
    for problem in problems:
        yield mend(problem.message, "改正这一行 / correct that line")
    if not patient.online:
        yield ok(
            f"来源“{source.name}”有 {len(urls)} 个网址，--online 才会访问 / addresses, asked with --online only"
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        fetcher = Fetcher(patient.read.settings.fetch, LandingZone(Home(Path(folder))))
        for host, url in {urlsplit(url).netloc: url for url in reversed(urls)}.items():
            try:
                fetcher.fetch(url)
                yield ok(f"{host} 可以访问 / can be reached")
            except FetchFailed as failure:
                yield mend(
                    f"{url}：{failure}", "改正网址，或从来源中删去 / correct the address, or take it out"
                )
