"""Where documents come from: a `[[source]]` table of the settings."""

import re
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ogi.registry.divisions import divisions

_NAME = re.compile(r"[^\s/:!.][^/:!\x00-\x1f]*")


class Source(BaseModel):
    """One inbox: a folder, or web addresses; the hints help where a document does not say itself what it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(
        description="名称，不可重复，不含 / : !；文件记作“名称/路径” / Its name, unique; files are known as NAME/PATH",
    )
    folder: Path | None = Field(
        default=None,
        description="文件夹（可以是挂载的共享），含下级 / A folder, a mounted share too, with its subfolders",
    )
    urls: tuple[str, ...] = Field(
        default=(), description="网址列表（http、https） / Addresses of documents, http or https"
    )
    url_file: Path | None = Field(
        default=None,
        description="每行一个网址的文本文件，# 开头为注释 / A text file, one address a line; # starts a comment",
    )
    district: str | None = Field(
        default=None,
        description="区划代码，用于只写“区统计局”之类的报告；从不改变所印内容"
        " / Code of the division, for a report that names none; never overrides what is printed",
    )
    agency: str | None = Field(
        default=None,
        min_length=2,
        description="机关名称，用于没有写明机关的报告 / The agency, for a report that names none",
    )

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError(
                "不能为空、不能以点或空格开头，不能含 / : ! / must not be empty, begin with a dot or blank, or hold / : !"
            )
        return name

    @field_validator("urls")
    @classmethod
    def _are_addresses(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(check_url(url) for url in urls)

    @field_validator("district")
    @classmethod
    def _is_division(cls, district: str | None) -> str | None:
        if district is not None and district not in divisions():
            raise ValueError(
                f"没有区划代码 {district}；应为 6 位（省市区县）或 9 位（乡镇街道）"
                f" / there is no division {district}: 6 digits down to districts, 9 for townships"
            )
        return district

    @model_validator(mode="after")
    def _is_one_place(self) -> Self:
        if (self.folder is None) == (not self.urls and self.url_file is None):
            raise ValueError(
                "要么写 folder，要么写 urls 或 url_file，不能都写或都不写"
                " / give either folder, or urls and url_file"
            )
        return self


def check_url(url: str) -> str:
    """Return an address that can be fetched.

    Raises:
        ValueError: it is no http(s) address, or carries a password.
    """
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        is_address = is_address and url.isprintable() and " " not in url
    except ValueError:
        is_address = False
    if not is_address:
        raise ValueError(f"不是 http(s) 网址：{url} / not an http(s) address: {url}")
    if parts.username or parts.password:
        raise ValueError("网址中不能有用户名或密码 / an address must not carry a user or password")
    return url
