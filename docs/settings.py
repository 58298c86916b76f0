"""The page of the settings, rendered from the models in `ogi/settings/`."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from ogi.settings.environment import variables
from ogi.settings.model import Settings
from ogi.settings.source import Source

_HEAD = """\
# 设置 / Settings

<!-- The tables are rendered from ogi/settings/ by `make docs`; the rest stands in docs/settings.py. -->

设置写在一个 TOML 文件里，依次找：环境变量 `OGI_CONFIG` 指定的文件；当前文件夹的 `ogi.toml`；`OGI_HOME`（默认 `./data`）里的
`ogi.toml`。没有文件也能运行。环境变量优先于文件，文件优先于默认值。文件里的相对路径以该文件所在的文件夹为准。写错的键、不对的值
都会报错并指明文件和键。`ogi config` 显示有效的设置和各自的来源（密码不显示）。

The settings stand in one TOML file: the one that `OGI_CONFIG` names; else `ogi.toml` in the current folder; else `ogi.toml`
in `OGI_HOME` (`./data` by default). None is needed. A variable of the environment goes before the file, the file before
the default. Paths in the file are relative to its folder. An unknown key or a bad value is an error that names file and
key. `ogi config` shows what holds and where it comes from, secrets masked.

```toml
{example}```
"""
EXAMPLE = """\
home = "data"

[alert]
email = "operator@example.org"

[schedule]
cron = "0 2 * * *"

[[source]]
name = "鲤城区"
folder = "/mnt/share/licheng"
district = "350502"

[[source]]
name = "sites"
url_file = "urls.txt"
"""
_SOURCE = """
## `[[source]]`

文档从哪里来；可以有任意多个。`ogi load` 收取全部来源，`ogi load 文件夹` 只收那一个文件夹。
Where documents come from, any number of them. `ogi load` takes all in, `ogi load FOLDER` that folder only.

- 来源收不到（共享未挂载、网站停机）只影响它自己：小结、`run.json` 和通知里写明，其文档不视为撤下，退出码不变。以前有文件而现在空的
  文件夹视为未挂载。 / A source that cannot be reached is named in the summary, in `run.json` and in the alert, and costs no
  other; its documents do not count as withdrawn. A folder that held files and is empty now counts as not mounted.
- 网址：遵守 robots.txt，同一网站一次只发一个请求，未变化的不再传送（ETag、Last-Modified），不用代理。网页的表格没有数字、而有链接
  像是年报文件（同一网站）时，收取该文件，两个网址都会记下。 / Addresses: robots.txt is obeyed, one request at a time to a site,
  what has not changed is not sent again, no proxy is used. A page without figures in a table that links to what looks like
  the report, on the same site, leads to that file; both addresses are kept.
- 所印内容与提示不符时以文档为准，并记为 `hint_contradicted`；改了提示，该来源的文档会重新读取。 / Where a hint contradicts a
  document, the document holds, with the problem `hint_contradicted`; a changed hint has the source's documents read again.

| 键 / key | 含义 / meaning |
|---|---|
"""


def settings_page() -> str:
    """Return the page in Markdown."""
    return "".join([_HEAD.format(example=EXAMPLE), *_tables(), _SOURCE, *_source_rows()])


def _tables() -> Iterator[str]:
    names = {way: name for name, way in variables(Settings).items()}
    top = [(way, name) for way, name in names.items() if len(way) == 1]
    yield from _table("", [(way, name, Settings.model_fields[way[0]]) for way, name in top])
    for section, field in Settings.model_fields.items():
        model = field.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            rows = [
                (way, name, model.model_fields[way[1]]) for way, name in names.items() if way[0] == section
            ]
            yield from _table(f"\n## `[{section}]`\n\n{(model.__doc__ or '').strip()}\n", rows)


def _table(head: str, rows: list[tuple[tuple[str, ...], str, FieldInfo]]) -> Iterator[str]:
    yield f"{head}\n| 键 / key | 含义 / meaning | 默认 / default | 环境变量 / variable |\n|---|---|---|---|\n"
    for way, name, field in rows:
        yield f"| `{way[-1]}` | {field.description} | {_default(field.default)} | `{name}` |\n"


def _source_rows() -> Iterator[str]:
    return (f"| `{key}` | {field.description} |\n" for key, field in Source.model_fields.items())


def _default(value: object) -> str:
    if value is None or isinstance(value, SecretStr):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`{list(value)}`"
    return f'`"{value}"`' if isinstance(value, str | Path) else f"`{value}`"
