"""What was put aside."""

from typing import Literal

import click

from ogi.commands.common import home_in_use, print_table


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def quarantine(form: Literal["table", "json"]) -> None:
    """列出退回的文档和原因 / List the documents that gave no report, and why."""
    with home_in_use() as home:
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
            print_table(
                ["文件 / file", "代码 / code", "原因 / reason", "SHA-256"],
                [[q.path, q.code, q.message, q.source_sha256[:12]] for q in quarantined],
            )
        else:
            click.echo("没有退回的文档。 / Nothing is quarantined.", err=True)
