"""The manual of operations speaks of commands, options, messages and files that there are."""

import re

import click
import pytest
from conftest import REPOSITORY

from ogi.cli import main

PAGE = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
_COMMAND = re.compile(r"\bogi ([a-z]+)((?: +(?:--?[\w-]+|\"[^\"]*\"|[^\s`#|;（），。]+))*)")
_CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
_MESSAGES = re.findall(r"^\| (`[^|]+) \|", PAGE.split("## 消息和对策")[1].split("\n## ")[0], re.MULTILINE)


def commands() -> list[tuple[str, list[str]]]:
    """List the commands of the page with the options that they are given."""
    code = "\n".join(block or inline for block, inline in _CODE.findall(PAGE))
    return [
        (name, [word.split("=")[0] for word in rest.split() if word.startswith("--")])
        for name, rest in _COMMAND.findall(code)
    ]


def test_the_page_names_commands() -> None:
    assert {"load", "serve", "backfill", "releases", "rollback", "quarantine"} <= {n for n, _ in commands()}


@pytest.mark.parametrize(("name", "options"), commands())
def test_every_command_and_option_exists(name: str, options: list[str]) -> None:
    command = main.commands[name]
    with click.Context(command) as context:
        known = {option for parameter in command.get_params(context) for option in parameter.opts}
    assert set(options) <= known


@pytest.mark.parametrize("message", [m for cell in _MESSAGES for m in re.findall(r"`([^`]+)`", cell)])
def test_every_message_is_one_that_the_program_says(message: str) -> None:
    """Between the dots of a message stands what differs."""
    sources = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("ogi", "flows")
        for file in (REPOSITORY / folder).rglob("*.py")
    )
    for part in re.split(r"…", message.strip("[]")):
        assert part.strip(" /") in sources
