"""Where the settings come from, what goes before what, and what is said of a slip."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.settings import EXAMPLE, settings_page
from ogi.cli import main
from ogi.settings.cron import check_cron
from ogi.settings.errors import SettingsError
from ogi.settings.model import Settings
from ogi.settings.read import load_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and no variable of ours."""
    for name in ("OGI_HOME", "OGI_CONFIG", "OGI_ALERT_WEBHOOK", "OGI_ALERT_EMAIL", "OGI_SMTP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, path: str = "ogi.toml") -> None:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def refusal() -> str:
    with pytest.raises(SettingsError) as refused:
        load_settings()
    return str(refused.value)


def test_without_file_and_variables_the_defaults_hold(folder: Path) -> None:
    settings = load_settings()
    assert (settings.home, settings.sources) == (folder / "data", ())
    assert (settings.schedule.cron, settings.schedule.timezone) == ("0 2 * * *", "Asia/Shanghai")
    assert (settings.releases.keep_last, settings.releases.keep_month_ends) == (7, True)


def test_everything_is_built_anew_on_sundays_unless_the_settings_say_never(folder: Path) -> None:
    assert load_settings().schedule.full_refresh_cron == "0 4 * * 0"
    write("[schedule]\nfull_refresh_cron = ' '")
    assert load_settings().schedule.full_refresh_cron == ""


def test_a_variable_goes_before_the_file_and_leaves_the_rest_of_its_section(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write('[alert]\nemail = "file@example.org"\nsmtp = "file:1"\n')
    monkeypatch.setenv("OGI_SMTP", "variable:2")
    alert = load_settings().alert
    assert (alert.email, alert.smtp) == ("file@example.org", "variable:2")


def test_settings_that_code_makes_are_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_HOME", "elsewhere")
    assert Settings(home=Path("here")).home == Path("here")


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    write('[alert]\nemail = "file@example.org"\n')
    monkeypatch.setenv("OGI_ALERT_EMAIL", "")
    assert load_settings().alert.email == "file@example.org"


def test_the_file_is_the_named_one_then_that_of_the_folder_then_that_of_the_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("[releases]\nkeep_last = 1\n", "data/ogi.toml")
    found = [load_settings().releases.keep_last]
    write("[releases]\nkeep_last = 2\n")
    found.append(load_settings().releases.keep_last)
    write("[releases]\nkeep_last = 3\n", "else/my.toml")
    monkeypatch.setenv("OGI_CONFIG", "else/my.toml")
    found.append(load_settings().releases.keep_last)
    assert found == [1, 2, 3]


def test_a_named_file_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_CONFIG", "gone.toml")
    assert "gone.toml" in refusal()


def test_paths_in_the_file_are_relative_to_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        'home = "here"\n[[source]]\nname = "a"\nfolder = "in"\n[[source]]\nname = "b"\nurl_file = "u.txt"',
        "etc/x.toml",
    )
    monkeypatch.setenv("OGI_CONFIG", "etc/x.toml")
    settings = load_settings()
    assert settings.home == folder / "etc" / "here"
    assert settings.sources[0].folder == folder / "etc" / "in"
    assert settings.sources[1].url_file == folder / "etc" / "u.txt"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hom = 'x'", "hom 不认识；是否为 home？"),
        ("[releases]\nkeep_lst = 3", "releases.keep_lst 不认识；是否为 keep_last？"),
        ("[releases]\nkeep_last = 0", "releases.keep_last 不能小于 1"),
        ("[releases]\nkeep_last = 'x'", "releases.keep_last 应为整数"),
        ("[schedule]\ncron = '0 25 * * *'", "cron 表达式的第 2 段“25”不对"),
        ("[schedule]\nfull_refresh_cron = '0 4 * * 8'", "cron 表达式的第 5 段“8”不对"),
        ("[schedule]\ntimezone = 'Peking'", "没有时区 Peking"),
        ("[alert]\nwebhook = 'ftp://x'", "alert.webhook 不是 http(s) 网址"),
        ("[alert]\nsmtp_user = 'x'", "smtp_user 和 smtp_password 要一起写"),
        ("source = 1", "source 应为方括号中的列表"),
        ("[[source]]\nname = 'a'", "要么写 folder"),
        ("[[source]]\nname = 'a'\nfolder = 'x'\nurls = ['http://x/']", "要么写 folder"),
        ("[[source]]\nname = 'a/b'\nfolder = 'x'", "source[1].name"),
        (
            "[[source]]\nname = 'a'\nfolder = 'x'\n[[source]]\nname = 'a'\nfolder = 'y'",
            "有两个 source 名为 a",
        ),
        (
            "[[source]]\nname = 'a'\nfolder = 'x'\ndistict = '1'",
            "source[1].distict 不认识；是否为 district？",
        ),
        ("[[source]]\nname = 'a'\nfolder = 'x'\ndistrict = '999999'", "没有区划代码 999999"),
        ("[[source]]\nname = 'a'\nurls = ['http://u:p@x/']", "不能有用户名或密码"),
        ("home = ", "不是正确的 TOML"),
    ],
)
def test_a_slip_is_said_with_file_and_key(folder: Path, text: str, said: str) -> None:
    write(text)
    message = refusal()
    assert said in message
    assert str(folder / "ogi.toml") in message


def test_a_bad_variable_is_named_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_RELEASES_KEEP_LAST", "many")
    assert "OGI_RELEASES_KEEP_LAST：releases.keep_last 应为整数" in refusal()


def test_a_variable_that_is_nearly_one_of_ours_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_ALERT_WEBHOK", "http://example.org/")
    assert "是否为 OGI_ALERT_WEBHOOK" in refusal()


def test_a_secret_is_in_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGI_ALERT_WEBHOOK", "htps://example.org/token")
    assert "token" not in refusal()


def test_config_shows_values_with_their_origin_and_masks_secrets(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        '[alert]\nwebhook = "https://example.org/token"\nsmtp_user = "u"\nsmtp_password = "token"\n'
        '[[source]]\nname = "a"\nurls = ["https://example.org/a"]\n'
    )
    monkeypatch.setenv("OGI_FETCH_PORTS", "80,8080")
    result = CliRunner().invoke(main, ["config", "--format", "json"])
    rows = {row["key"]: (row["value"], row["origin"]) for row in json.loads(result.stdout)}
    file = str(folder / "ogi.toml")
    assert rows["alert.webhook"] == ("https://example.org/***", file)
    assert rows["alert.smtp_password"] == ("***", file)
    assert rows["fetch.ports"] == ([80, 8080], "OGI_FETCH_PORTS")
    assert rows["releases.keep_last"] == (7, "default")
    assert rows["source[1].urls"] == (["https://example.org/a"], file)
    assert "token" not in result.stdout + CliRunner().invoke(main, ["config"]).stdout


def test_the_example_of_the_page_is_valid() -> None:
    write(EXAMPLE)
    assert [source.name for source in load_settings().sources] == ["鲤城区", "sites"]


def test_every_key_is_explained_in_both_languages() -> None:
    keys = [row["key"] for row in json.loads(CliRunner().invoke(main, ["config", "--format", "json"]).stdout)]
    page = settings_page()
    assert [key for key in keys if f"| `{key.rpartition('.')[2]}` | " not in page] == []
    assert [line for line in page.splitlines() if line.startswith("| `") and " / " not in line] == []


def test_a_command_stops_with_the_message_and_without_traceback() -> None:
    write("hom = 1")
    result = CliRunner().invoke(main, ["releases"])
    assert (result.exit_code, result.stderr.startswith("设置有误")) == (1, True)


@pytest.mark.parametrize("expression", ["0 2 * * *", "*/15 0-6,22 1 JAN-MAR sun", "5  4 31 12 7"])
def test_a_cron_expression_is_taken(expression: str) -> None:
    assert check_cron(expression) == " ".join(expression.split())


@pytest.mark.parametrize(
    "expression", ["", "0 2 * *", "60 2 * * *", "0 2 0 * *", "0 2 * 13 *", "x 2 * * *", "*/0 * * * *"]
)
def test_what_is_no_cron_expression_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="cron"):
        check_cron(expression)
