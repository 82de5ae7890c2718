"""``tongxin keys``: rotating what tokens are signed with."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from auth.audit.keys import CheckpointKeys
from auth.keys import SigningKeys
from auth.store import Database
from auth.vault import Vault
from gateway.cli import app


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command in front of an empty database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", "invented-secret-of-the-tests-0123456789")
    return lambda *arguments: CliRunner().invoke(app, ["keys", *arguments])


def test_a_new_key_waits_before_it_signs(keys: Callable[..., Any]) -> None:
    """Copies of the keys are to have it by then; the one before retires some hours after that."""
    first = json.loads(keys("rotate", "--now", "--json").output)

    rotated = json.loads(keys("rotate", "--json").output)

    new, old = rotated
    waits = datetime.fromisoformat(new["not_before"]) - datetime.now(UTC)
    overlap = datetime.fromisoformat(old["retired_at"]) - datetime.fromisoformat(new["not_before"])
    assert [key["state"] for key in rotated] == ["published", "signs"]
    assert old["kid"] == first[0]["kid"]
    assert timedelta(minutes=9) < waits <= timedelta(minutes=10)
    assert overlap == timedelta(hours=2)
    assert "signs" in keys("list").output


def test_in_an_emergency_it_signs_at_once(keys: Callable[..., Any]) -> None:
    """The one before still verifies."""
    keys("rotate", "--now")

    rotated = json.loads(keys("rotate", "--now", "--json").output)

    assert [key["state"] for key in rotated] == ["signs", "verifies"]


def test_a_stolen_key_is_retired_at_once(keys: Callable[..., Any]) -> None:
    """A new one is made, as none would be left to sign with; what retired stays on the list."""
    (stolen,) = json.loads(keys("rotate", "--now", "--json").output)

    revoked = json.loads(keys("rotate", "--revoke", stolen["kid"], "--json").output)
    again = keys("rotate", "--revoke", stolen["kid"])

    assert sorted((key["kid"] == stolen["kid"], key["state"]) for key in revoked) == [
        (False, "signs"),
        (True, "retired"),
    ]
    assert again.exit_code == 1
    assert "no such key" in again.output


def test_the_audits_own_key_is_listed_and_rotated(
    keys: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where cryptography is national; it waits beside the tokens' next key, published nowhere."""
    monkeypatch.setenv("TONGXIN_AUTH__CRYPTOGRAPHY", "national")
    keys("rotate", "--now")
    asyncio.run(_first_checkpoint(f"sqlite+aiosqlite:///{tmp_path}/tongxin.db"))

    rotated = json.loads(keys("rotate", "--json").output)

    states = sorted((key["alg"], key["state"]) for key in rotated)
    assert states == [("ES256", "published"), ("ES256", "signs"), ("SM2", "signs"), ("SM2", "waits")]
    old = next(key["kid"] for key in rotated if (key["alg"], key["state"]) == ("SM2", "signs"))
    revoked = json.loads(keys("rotate", "--revoke", old, "--json").output)
    assert next(key["state"] for key in revoked if key["kid"] == old) == "retired"
    assert "SM2" in keys("list").output


async def _first_checkpoint(url: str) -> None:
    database = Database(url)
    vault = Vault(SecretStr("invented-secret-of-the-tests-0123456789"), suite="national")
    await CheckpointKeys(database, vault, SigningKeys(database, vault)).signing()
    await database.aclose()


def test_no_private_key_is_shown(keys: Callable[..., Any]) -> None:
    """Neither to people nor to programs."""
    shown = keys("rotate", "--now", "--json").output + keys("list").output

    assert '"d"' not in shown
    assert "sealed" not in shown
