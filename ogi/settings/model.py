"""The settings as one typed object, each with its meaning in both languages; `docs/settings.md` is rendered from it."""

import re
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ogi.settings.cron import check_cron
from ogi.settings.environment import EnvironmentSource
from ogi.settings.source import Source


def _check_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f"没有时区 {name}，例：Asia/Shanghai / there is no time zone {name}, as Asia/Shanghai"
        ) from None
    return name


def _check_full_refresh(expression: str) -> str:
    return check_cron(expression) if expression.strip() else ""


def _check_webhook(url: SecretStr | None) -> SecretStr | None:
    if url is not None and not url.get_secret_value().startswith(("http://", "https://")):
        raise ValueError("不是 http(s) 网址 / not an http(s) address")
    return url


def _check_server(server: str) -> str:
    if not re.fullmatch(r"[^\s:]+(:\d{1,5})?", server):
        raise ValueError("应写作 host:port / must be host:port")
    return server


class Section(BaseModel):
    """A table of the file; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Receivers(Section):
    """Who is told of a night that published nothing, or published with warnings; with neither, nobody is."""

    webhook: Annotated[SecretStr | None, AfterValidator(_check_webhook)] = Field(
        default=None,
        description="接收 JSON（POST）的网址 / An http(s) address that takes a JSON object by POST",
    )
    email: str | None = Field(
        default=None, description="收件邮箱，多个用逗号分开 / Addresses with commas between them"
    )
    smtp: Annotated[str, AfterValidator(_check_server)] = Field(
        default="localhost:25",
        description="邮件服务器 host:port / The mail server, host:port",
    )
    smtp_user: str | None = Field(
        default=None,
        description="邮件服务器的用户名；有则用 STARTTLS 登录 / Its user; if set, login after STARTTLS",
    )
    smtp_password: SecretStr | None = Field(default=None, description="邮件服务器的密码 / Its password")

    @model_validator(mode="after")
    def _login_is_whole(self) -> Self:
        if (self.smtp_user is None) != (self.smtp_password is None):
            raise ValueError(
                "smtp_user 和 smtp_password 要一起写 / give both smtp_user and smtp_password, or neither"
            )
        return self


class Schedule(Section):
    """When `ogi serve` loads."""

    cron: Annotated[str, AfterValidator(check_cron)] = Field(
        default="0 2 * * *",
        description="何时入库：分 时 日 月 周 / When to load: minute hour day month weekday",
    )
    full_refresh_cron: Annotated[str, AfterValidator(_check_full_refresh)] = Field(
        default="0 4 * * 0",
        description="何时全部重建，空为从不 / When to build everything anew, empty for never",
    )
    timezone: Annotated[str, AfterValidator(_check_timezone)] = Field(
        default="Asia/Shanghai", description="上述时间的时区 / The time zone of both"
    )
    time_limit_minutes: int = Field(
        default=360, ge=1, description="一次入库最多几分钟 / How many minutes a load may take"
    )


class Releases(Section):
    """Which releases stay; the current and a pinned one always do."""

    keep_last: int = Field(default=7, ge=1, description="保留最近几次发布 / How many of the newest stay")
    keep_month_ends: bool = Field(
        default=True,
        description="每月最后一次发布一直保留 / Whether the last release of each month stays for good",
    )


class Load(Section):
    """What a night may spend."""

    reparse_budget_minutes: int = Field(
        default=60,
        ge=0,
        description="解析程序升级后，每夜最多用几分钟重读旧文档（最早的先读） / "
        "After a new parser version, how many minutes a night may re-read old documents, oldest first",
    )


class Fetch(Section):
    """How web sources are fetched."""

    delay_seconds: float = Field(
        default=2.0,
        ge=0,
        le=3600,
        description="对同一网站两次请求之间的间隔 / The pause between two requests to a host",
    )
    read_seconds: float = Field(
        default=30.0, gt=0, description="等待网站应答的最长时间 / How long a host may say nothing"
    )
    total_seconds: float = Field(
        default=120.0, gt=0, description="取一份文档的最长时间 / How long one document may take in all"
    )
    max_bytes: int = Field(
        default=100_000_000, ge=1, description="一份文档的最大字节数 / The largest document, in bytes"
    )
    ports: tuple[int, ...] = Field(
        default=(80, 443), min_length=1, description="允许的端口 / The ports that may be asked"
    )
    allow_private_addresses: bool = Field(
        default=False,
        description="允许内网、本机地址；仅用于内网网站 / Allow private and loopback addresses: for an intranet only",
    )


class Settings(BaseSettings):
    """All settings. What code says goes before a variable of the environment, a variable before the default."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    home: Path = Field(
        default=Path("data"),
        description="运行保留的一切所在的文件夹 / The folder that holds everything a run keeps",
    )
    alert: Receivers = Receivers()
    schedule: Schedule = Schedule()
    releases: Releases = Releases()
    load: Load = Load()
    fetch: Fetch = Fetch()
    sources: tuple[Source, ...] = Field(default=(), validation_alias="source")

    @classmethod
    def settings_customise_sources(  # noqa: D102 - described by the library
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, EnvironmentSource(settings_cls)

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [source.name for source in self.sources]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"有两个 source 名为 {name} / two sources have the name {name}")
        return self
