"""``tongxin audit``: for people and for programs."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from auth.audit import Act
from auth.authority import Authority
from gateway.cli import app
from gateway.cli.store import with_authority


@pytest.fixture
def audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command in front of two entries about ann and one about bob."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", "invented-secret-of-the-tests-0123456789")
    monkeypatch.setenv("TONGXIN_AUTH__AUDIT__CHAIN", "first")

    async def noted(authority: Authority) -> None:
        authority.audit.note(Act.SIGNED_IN, who="ann", client_id="pages")
        authority.audit.note(Act.ROLE_GIVEN, whom="ann", role="ops")
        authority.audit.note(Act.SIGNED_IN, who="bob")
        await asyncio.sleep(0)

    with_authority(noted)
    return lambda *arguments: CliRunner().invoke(app, ["audit", *arguments])


def test_a_whole_chain_is_said_to_be_whole(audit: Callable[..., Any]) -> None:
    """In words and as JSON; what a command noted was kept before it ended."""
    words, told = audit("verify"), audit("verify", "--json")

    assert words.exit_code == told.exit_code == 0
    assert words.output == "first  whole  entries 1 to 3, 0 checkpoints, 0 anchors in other chains\n"
    [row] = json.loads(told.output)
    assert (row["entries"], row["broken"]) == (3, None)


def test_a_broken_one_ends_with_an_error(audit: Callable[..., Any]) -> None:
    """The first entry that is wrong is named."""
    with closing(sqlite3.connect("tongxin.db")) as database, database:
        database.execute('UPDATE audit_entry SET facts = \'{"role":"staff"}\' WHERE number = 2')

    words, told = audit("verify"), audit("verify", "--json")

    assert words.exit_code == told.exit_code == 1
    assert words.output.startswith("first  BROKEN at 2: the entry is not what was written")
    assert json.loads(told.output)[0]["broken"] == {"number": 2, "fault": "CHANGED", "told_by": None}


def test_a_persons_entries_are_exported(audit: Callable[..., Any]) -> None:
    """Found by the person's id, which stands nowhere; each export is an entry itself, about them as well."""
    told, again = audit("export", "--person", "ann", "--json"), audit("export", "--person", "ann")

    rows = [json.loads(line) for line in told.output.splitlines()]
    assert [row["act"] for row in rows] == ["SIGNED_IN", "ROLE_GIVEN"]
    assert rows[0]["who"] == rows[1]["whom"]
    assert "ann" not in told.output
    assert "a role was given" in again.output
    assert "entries were exported" in again.output


def test_only_later_ones_are_exported(audit: Callable[..., Any]) -> None:
    """Nothing is of the next century yet."""
    assert audit("export", "--since", "2100-01-01", "--json").output == ""
    assert len(audit("export", "--since", "2020-01-01", "--json").output.splitlines()) == 4


def test_what_is_not_old_is_not_pruned(audit: Callable[..., Any]) -> None:
    """It says how many went."""
    pruned = audit("prune")

    assert (pruned.exit_code, pruned.output) == (0, "0 entries deleted\n")
