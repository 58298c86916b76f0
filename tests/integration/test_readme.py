"""The examples of both READMEs print what the READMEs say they print."""

import re
import shlex

import pytest
from conftest import REPOSITORY
from integration.command_line import run_ogi

pytestmark = pytest.mark.integration

_EXAMPLE = re.compile(r"```sh\n\.venv/bin/ogi (sql .*?)\n```\n+```\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_first_query_prints_what_the_readme_shows(published, readme):
    examples = _EXAMPLE.findall((REPOSITORY / readme).read_text(encoding="utf-8"))
    assert examples
    for command, shown in examples:
        assert run_ogi(published, *shlex.split(command)).stdout == shown
