"""The synthetic corpus."""

from pathlib import Path
from typing import Literal

import click

from ogi.commands.common import stop


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--reports", type=click.IntRange(min=1), default=200, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["documents", "parsed"]),
    default="documents",
    show_default=True,
    help="Documents in every format, or lines of ogi.parsed_report/1.",
)
def demo(out: Path, reports: int, seed: int, form: Literal["documents", "parsed"]) -> None:
    """生成合成语料：OUT/inbox/ 和 OUT/truth.jsonl / Write a synthetic corpus with its truth.

    机关名称是真实的，数字是虚构的 / The agencies exist, the figures are invented.
    `documents` needs the extra `demo` (PDF, scans).
    """
    from ogi.demo.corpus import write_corpus
    from ogi.demo.writers.scan import NoChineseFont
    from ogi.demo.writers.write import ExtraMissing

    try:
        write_corpus(out, reports, seed, form)
    except (ExtraMissing, NoChineseFont, OSError) as error:
        stop(str(error))
    click.echo(
        f"{reports:,} 份报告写入 {out / 'inbox'}；真值在 {out / 'truth.jsonl'}。 / reports and their truth."
    )
