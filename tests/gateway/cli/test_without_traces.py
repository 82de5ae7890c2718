"""Commands that keep nothing leave nothing behind."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.cli import app


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and no setting from outside."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("TONGXIN_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.mark.parametrize("command", [("token",), ("doctor", "duty"), ("schema", "print"), ("doctor", "--help")])
def test_no_folder_and_no_secret_is_made(elsewhere: Path, command: tuple[str, ...]) -> None:
    """Whatever they find, or do not find."""
    environment = {f"TONGXIN_{prefix}__BASE_URL": "http://127.0.0.1:9" for prefix in ("ZLB", "ZZD", "DUTY")}

    CliRunner().invoke(app, list(command), env=environment)

    assert list(elsewhere.iterdir()) == []


def test_a_token_without_a_gateway_is_one_line() -> None:
    """It names the command that helps."""
    ran = CliRunner().invoke(app, ["token"])

    assert ran.exit_code == 1
    assert "make serve" in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ops", "duty", "GE_invented"), "zhezhengding"),
        (("ops", "zheliban", "GE_invented"), "zhezhengding"),
        (("ops", "nowhere", "GE_invented"), "zhezhengding"),
        (("ops", "zhezhengding", "two words"), "GE_"),
        (("ops", "zhezhengding", ""), "GE_"),
    ],
)
def test_a_role_nobody_could_use_is_refused(elsewhere: Path, arguments: tuple[str, ...], told: str) -> None:
    """It says what is allowed; no store is opened for it."""
    ran = CliRunner().invoke(app, ["grant", "give", *arguments])

    assert ran.exit_code == 1
    assert told in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert list(elsewhere.iterdir()) == []
