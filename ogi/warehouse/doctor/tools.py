"""The programs and libraries that a load needs, and those that let it read more."""

import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec

from packaging.requirements import Requirement

from ogi.warehouse.doctor.verdict import Patient, Verdict, advice, mend, ok

_PACKAGE = "ogi-warehouse"


def versions(_: Patient) -> Iterator[Verdict]:
    """Every library is there in a version that this code was made for."""
    wrong = [problem for line in requires(_PACKAGE) or [] if (problem := _misfit(Requirement(line)))]
    if wrong:
        yield mend(
            f"版本不符 / wrong versions: {'; '.join(wrong)}",
            f"pip install --upgrade {_PACKAGE}，或在源码目录运行 make run / or `make run` in the checkout",
        )
    else:
        names = ("duckdb", "dbt-core", "great-expectations", "prefect", "polars")
        yield ok("版本合适 / versions fit: " + ", ".join(f"{name} {version(name)}" for name in names))


def _misfit(requirement: Requirement) -> str | None:
    """Say what is wrong with a library; None for one that fits, or belongs to an extra that is not installed."""
    is_optional = requirement.marker is not None and not requirement.marker.evaluate({"extra": ""})
    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        return None if is_optional else f"{requirement.name} 没有安装 / is not installed"
    if is_optional or requirement.specifier.contains(found, prereleases=True):
        return None
    return f"{requirement.name} {found}（需要 / needs {requirement.specifier}）"


def office(_: Patient) -> Iterator[Verdict]:
    """LibreOffice is there, to read DOC, WPS, RTF and ODT."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program:
        yield ok(f"LibreOffice：{program}")
    else:
        yield advice(
            "没有 LibreOffice，DOC、WPS、RTF、ODT 会退回 / no LibreOffice: these formats are quarantined",
            "apt-get install libreoffice-writer",
        )


def recognition(_: Patient) -> Iterator[Verdict]:
    """The extra is there that reads scans."""
    if all(find_spec(name) for name in ("rapidocr", "onnxruntime")):
        yield ok("能读扫描件 / scans can be read")
    else:
        yield advice(
            "没有安装 ocr 组件，扫描件和图片会退回 / without the extra `ocr` scans are quarantined",
            f"pip install '{_PACKAGE}[ocr]'",
        )


def chinese_font(_: Patient) -> Iterator[Verdict]:
    """A Chinese font is there: LibreOffice and PDFs without their own fonts need one."""
    program = shutil.which("fc-list")
    if program is None:
        return
    listed = subprocess.run(
        [program, ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=60
    ).stdout.strip()
    if listed:
        yield ok(f"中文字体 / a Chinese font: {listed.splitlines()[0]}")
    else:
        yield advice("没有中文字体 / no Chinese font", "apt-get install fonts-noto-cjk")
