"""A command has its settings complete, or ends with one line."""

from pathlib import Path

import pytest
import typer

from gateway.cli.settings import settings_for_command


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_kept_lies_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Secret and database belong together: whoever moves the folder moves both."""
    monkeypatch.setenv("TONGXIN_DATA_DIR", "kept")

    settings = settings_for_command()

    assert settings.auth.secret.get_secret_value() == Path("kept/secret").read_text()
    assert settings.auth.database_url == "sqlite+aiosqlite:///kept/tongxin.db"


def test_what_is_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database and an audience of one's own are not replaced."""
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", "sqlite+aiosqlite:///own.db")
    monkeypatch.setenv("TONGXIN_AUTH__AUDIENCE", "https://gateway.example.cn/graphql")

    settings = settings_for_command(port=8123)

    assert settings.auth.issuer == "http://127.0.0.1:8123"
    assert settings.auth.database_url == "sqlite+aiosqlite:///own.db"
    assert settings.auth.audience == "https://gateway.example.cn/graphql"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("TONGXIN_DATA_DIR", "a-file", "data_dir: a-file"), ("TONGXIN_PORT", "high", "port")],
)
def test_what_cannot_be_used_is_one_line(
    *, name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is a file, a setting that is wrong: named, without a traceback."""
    Path("a-file").touch()
    monkeypatch.setenv(name, value)

    with pytest.raises(typer.Exit) as ended:
        settings_for_command()

    assert ended.value.exit_code == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
