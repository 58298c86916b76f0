"""The command line: one thin function a command. What a command needs is imported when it runs."""

import atexit
import datetime as dt
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from ogi import __version__

if TYPE_CHECKING:
    from ogi.warehouse.home import Home
    from ogi.warehouse.reviews import Decision
    from ogi.warehouse.run import Run

_FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ogi")
def main() -> None:
    """政府信息公开工作年度报告数据仓库 / A warehouse of Open Government Information annual reports."""


@main.command()
@_FILES
@click.option(
    "--format", "output", type=click.Choice(["json", "jsonl", "table"]), default="json", show_default=True
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to read with."
)
@click.option(
    "--explain",
    is_flag=True,
    help="不输出数据，而为每个文件在当前文件夹写一个网页 文件名.explain.html，标明每一格被读成什么"
    " / Print no data; write a web page NAME.explain.html into the current folder that shows what became of each cell.",
)
def parse(files: tuple[Path, ...], output: str, jobs: int, explain: bool) -> None:
    """读取年报，不写数据仓库 / Read reports; touches no warehouse.

    Exit status: 0 every document gave a report, 1 some did not, 2 wrong usage.
    """
    from ogi.reports.output import print_reports, write_explanations

    if not explain:
        sys.exit(print_reports(files, output, jobs))
    try:
        sys.exit(write_explanations(files))
    except OSError as error:
        _stop(
            f"网页写不进当前文件夹：{error}；请换一个文件夹。 / Cannot write here: {error}; use another folder."
        )


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(files: tuple[Path, ...], output: str) -> None:
    """核对勾稽关系 / Check a report's identities before it is published.

    文件夹连同下级文件夹 / a folder stands for the documents in it and below.

    Exit status: 0 none broken, 1 some broken, 2 wrong usage, 3 some could not be read.
    """
    from ogi.reports.output import print_checks

    sys.exit(print_checks(files, output))


@main.command()
@click.argument("inbox", default="inbox", type=click.Path(path_type=Path))
def load(inbox: Path) -> None:
    """把收件箱入库、核对并发布 / Take in an inbox, prove it and publish a release.

    INBOX（默认 ./inbox）是存放报告的文件夹，含下级文件夹；*.jsonl 是别处解析好的报告。
    INBOX is a folder of documents, searched with its subfolders; *.jsonl files hold reports that were parsed elsewhere.

    退出码 / exit status: 0 已发布或没有新内容 / published or nothing new; 1 未发布 / not published.
    """
    with _home_in_use() as home:
        from flows.start import load_now
        from ogi.warehouse.run import NotPublished
        from ogi.warehouse.summary import summarise

        before = home.current_release()
        try:
            run = load_now(home, inbox)
        except NotPublished as error:
            click.echo(summarise(error.run))
            _alert(error.run, f"{error}\n\n{summarise(error.run)}")
            _stop(str(error))
        except Exception as error:
            if home.current_release() != before:
                click.echo(f"已发布 / published: {home.current_release()}")
            _alert(None, str(error))
            raise
        click.echo(summarise(run))
        _alert(run, summarise(run))


def _alert(run: "Run | None", text: str) -> None:
    """Tell who wants to know, and say what could not be told."""
    from ogi.warehouse.alert import alert_of, send

    alert = alert_of(run, text)
    for failure in send(alert) if alert else []:
        click.echo(failure, err=True)


@main.command()
def releases() -> None:
    """列出已发布的版本 / List the published releases, the newest first."""
    with _home_in_use() as home:
        from ogi.warehouse.release import releases as list_releases

        listed = list_releases(home)
        if not listed:
            click.echo("还没有发布，请先运行 ogi load。 / No release yet: run `ogi load` first.", err=True)
            return
        _print_table(
            ["", "版本 / release", "文档 / documents", "报告 / reports", "不成立 / broken", "MB"],
            [
                [
                    "*" if release.is_current else "",
                    release.id,
                    str(release.documents),
                    str(release.reports),
                    str(release.broken),
                    f"{release.bytes / 1e6:.1f}",
                ]
                for release in listed
            ],
        )


@main.command()
@click.argument("release", required=False)
def rollback(release: str | None) -> None:
    """退回上一个（或指定的）版本 / Go back to the release before the current one, or to RELEASE.

    下次 ogi load 会把较新的文档重新入库 / The next `ogi load` brings the newer documents in again.
    """
    with _home_in_use() as home:
        from ogi.warehouse.home import one_writer
        from ogi.warehouse.release import rollback as go_back

        if not home.root.is_dir():
            _stop("还没有发布，请先运行 ogi load。 / No release yet: run `ogi load` first.")
        with one_writer(home):
            before, now = go_back(home, release)
        click.echo(f"当前版本由 {before} 改为 {now}。 / The current release was {before}, it is {now} now.")


@main.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def quarantine(form: Literal["table", "json"]) -> None:
    """列出退回的文档和原因 / List the documents that gave no report, and why."""
    with _home_in_use() as home:
        import msgspec

        from ogi.warehouse.ledger import open_ledger

        if home.ledger.exists():
            with open_ledger(home) as ledger:
                quarantined = ledger.quarantined()
        else:
            quarantined = []
        if form == "json":
            click.echo(msgspec.json.format(msgspec.json.encode(quarantined), indent=2))
        elif quarantined:
            _print_table(
                ["文件 / file", "代码 / code", "原因 / reason", "SHA-256"],
                [[q.path, q.code, q.message, q.source_sha256[:12]] for q in quarantined],
            )
        else:
            click.echo("没有退回的文档。 / Nothing is quarantined.", err=True)


@main.command()
@click.argument("ids", nargs=-1)
@click.option(
    "--set",
    "decision",
    type=click.Choice(["open", "sent", "accepted", "dismissed"]),
    help="记下处理结果 / Write down what was decided on IDS.",
)
@click.option("--why", default="", help="理由 / Why.")
@click.option(
    "--who", default=None, help="经办人，默认为系统用户 / Who decided; the system's user if not given."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def findings(
    ids: tuple[str, ...],
    decision: "Decision | None",
    why: str,
    who: str | None,
    form: Literal["table", "json"],
) -> None:
    """列出报告中的问题及处理情况 / List what is wrong with the reports, and what was decided on it.

    状态 / status: open 待处理, sent 已告知机关, accepted 机关认可, dismissed 不成立, corrected 新版报告已改正,
    stale 所印数字已变但问题仍在 / the figures changed, the problem stays.

    例 / example: ogi findings 3f2a91c4 --set sent --why 已发整改函
    """
    with _home_in_use() as home:
        import msgspec

        from ogi.warehouse.home import system_user
        from ogi.warehouse.release import release_file
        from ogi.warehouse.reviews import decide, list_reviewed

        release = release_file(home)
        if decision is not None:
            if not ids:
                raise click.UsageError("--set 需要至少一个编号 / --set needs at least one id")
            for finding in decide(home, release, ids, decision, who or system_user(), why):
                click.echo(f"{finding.finding_id[:8]} {decision}: {finding.statement_zh}")
            return
        listed = [r for r in list_reviewed(home, release) if not ids or r.finding.finding_id.startswith(ids)]
        if form == "json":
            click.echo(msgspec.json.format(msgspec.json.encode(listed), indent=2))
        else:
            _print_table(
                ["编号 / id", "状态 / status", "机关 / agency", "年度 / year", "说明 / finding"],
                [
                    [
                        r.finding.finding_id[:8],
                        r.status,
                        r.finding.agency_id,
                        str(r.finding.year),
                        r.finding.statement_zh,
                    ]
                    for r in listed
                ],
            )


@main.command()
@click.argument("query")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件 / Write to a file instead."
)
def sql(query: str, form: Literal["table", "csv", "json", "parquet"], output: Path | None) -> None:
    """只读查询已发布的数据 / Run read-only SQL on the published release.

    例 / example: ogi sql "select agency_id, year, amount_yuan from marts.fct_procurement"
    """
    with _home_in_use() as home:
        from ogi.warehouse.output import write_result
        from ogi.warehouse.query import query as open_query
        from ogi.warehouse.release import release_file

        if form == "parquet" and output is None and sys.stdout.isatty():
            _stop("Parquet 是二进制格式，请加 --output 文件名。 / Parquet is binary: add --output FILE.")
        with open_query(release_file(home), query) as result:
            if output is None:
                write_result(result, form, sys.stdout.buffer, is_terminal=sys.stdout.isatty())
            else:
                with output.open("wb") as out:
                    write_result(result, form, out, is_terminal=False)


@main.command()
@click.argument("inbox", default="inbox", type=click.Path(path_type=Path))
@click.option(
    "--at",
    type=click.DateTime(["%H:%M"]),
    default="02:00",
    show_default=True,
    help="北京时间 / Beijing time.",
)
def serve(inbox: Path, at: dt.datetime) -> None:
    """每夜定时入库，直到结束进程 / Load the inbox every night until the process is ended."""
    from ogi.schedule import serve_nightly

    try:
        serve_nightly(inbox, at.time(), click.echo)
    except KeyboardInterrupt:
        sys.exit(0)


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
def dashboard(port: int) -> None:
    """在浏览器中比较各区县 / Compare districts in the browser (needs the extra `dashboard`)."""
    from dashboards.serve import serve as serve_dashboard

    try:
        serve_dashboard(port)
    except ModuleNotFoundError as error:
        _stop(str(error))


@main.command()
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
        _stop(str(error))
    click.echo(
        f"{reports:,} 份报告写入 {out / 'inbox'}；真值在 {out / 'truth.jsonl'}。 / reports and their truth."
    )


@contextmanager
def _home_in_use() -> Iterator["Home"]:
    """Give a command its OGI_HOME, and turn whatever stops it into one plain line and exit status 1."""
    from ogi.warehouse.errors import WarehouseError
    from ogi.warehouse.home import home_from_environment

    home = home_from_environment()
    atexit.register(_silence_teardown)
    try:
        yield home
    except WarehouseError as error:
        _stop(str(error))
    except BrokenPipeError:
        # Whoever read us has gone: nothing more to say, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except click.UsageError:
        raise
    except (KeyboardInterrupt, click.Abort):
        _stop("已中断；下次运行会接着完成。 / Interrupted: the next run takes up the work.")
    except Exception as error:
        _log_error(home)
        _stop(
            f"意外错误（{type(error).__name__}），详见 {home.run_log}。"
            f" / Unexpected error, see the log: {' '.join(str(error).split())[:300]}"
        )


def _silence_teardown() -> None:
    """Close stderr to DuckDB's binding, which lists at exit what an error or a frame still refers to as leaks."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _log_error(home: "Home") -> None:
    """Write the error in hand to `run.log` with its traceback, where this user may write."""
    if os.access(home.root, os.W_OK):
        from ogi.warehouse.runlog import start_run_log

        start_run_log(home)
        logging.getLogger(__name__).exception("command failed")


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def _print_table(names: list[str], rows: list[list[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    # Piped on, a table is as wide as its contents
    (Console() if sys.stdout.isatty() else Console(width=100_000)).print(table)


if __name__ == "__main__":
    main()
