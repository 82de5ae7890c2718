"""``tongxin person``: signing somebody out from outside."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from auth.authority import Authority
from auth.proof import Proof
from auth.settings import AuthSettings
from auth.store import Database, upgrade
from connectors.deadline import Deadline
from connectors.viewer import ANYONE, Ask
from gateway.cli import app
from tests.auth.platforms import ZHOU_WORK

SECRET = "invented-secret-of-the-tests-0123456789"


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command where one official is signed in."""
    url = f"sqlite+aiosqlite:///{tmp_path}/tongxin.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", url)
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", SECRET)
    asyncio.run(_signed_in(url))
    return lambda *arguments: CliRunner().invoke(app, ["person", *arguments])


async def _signed_in(url: str) -> None:
    database = Database(url)
    await upgrade(database)
    settings = AuthSettings(secret=SecretStr(SECRET), database_url=url)
    authority = Authority(settings, database, signins=[], lookup=None, officials=None, committees=None)
    signed_in = await authority.persons.signed_in(ZHOU_WORK, Ask(ANYONE, Deadline.after(10)))
    await authority.sessions.open(signed_in.person_id, "zhezhengding", Proof(1, 1, ("tests",)), "a browser")
    await database.aclose()


@pytest.mark.parametrize("account", ["10000002", "GE_zhou"])
def test_somebody_is_signed_out_by_either_name_of_their_account(person: Callable[..., Any], account: str) -> None:
    """Every session ends; who it is is told without their name."""
    before = json.loads(person("show", "zhezhengding", account, "--json").output)

    ended = json.loads(person("sign-out", "zhezhengding", account, "--json").output)

    after = json.loads(person("show", "zhezhengding", account, "--json").output)
    assert (before["sessions"], ended["sessions"], after["sessions"]) == (1, 1, 0)
    assert before["roles"] == ["official"]
    assert ZHOU_WORK.name not in json.dumps(before, ensure_ascii=False)


def test_an_account_nobody_signs_in_by_is_told(person: Callable[..., Any]) -> None:
    """Nothing ends, and the exit status says so."""
    ran = person("sign-out", "zhezhengding", "GE_nobody")

    assert ran.exit_code == 1
    assert "nobody has signed in by GE_nobody" in ran.output


def test_somebody_is_shown_to_people_in_plain_words(person: Callable[..., Any]) -> None:
    """One fact a line, as it would be typed."""
    told = person("show", "zhezhengding", "GE_zhou").output.splitlines()

    assert told[1:] == ["roles: official", "platforms: zhezhengding", "sessions: 1"]
