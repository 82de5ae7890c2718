"""``tongxin outbox``: operators look at effects, have them tried again and give them up."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select
from typer.testing import CliRunner

from auth.store import Database, upgrade
from auth.store.moments import now
from auth.store.tables import DigestRow, EffectRow, WriteRow
from gateway.cli import app

PLATFORMS = {"REPLY": "zheliban", "DUTY_RECORD": "duty", "TODO": "zhezhengding"}
PLATFORMS |= {"WORK_NOTIFICATION": "zhezhengding", "TODO_DONE": "zhezhengding"}
EFFECTS = (  # kind, status, code, minutes it was held for
    ("REPLY", "DONE", None, 0),
    ("DUTY_RECORD", "FAILED", "PLATFORM_FORBIDDEN", 0),
    ("TODO", "UNKNOWN", "OUTCOME_UNKNOWN", 0),
    ("WORK_NOTIFICATION", "PENDING", None, 0),
    ("TODO", "PENDING", None, 5),
    ("TODO_DONE", "PENDING", None, 0),
)
Run = Callable[..., Any]


async def _fill(url: str) -> None:
    """One write of two days ago, with an effect in each state."""
    database, at = Database(url), now() - timedelta(days=2)
    await upgrade(database)
    write = {"id": "w" * 32, "owner": "o", "asked": "a", "act": "replyToQuestion", "subject": "Question:1"}
    effects = [
        {
            "write_id": "w" * 32,
            "place": place,
            "subject": "Question:1",
            "kind": kind,
            "platform": PLATFORMS[kind],
            "status": status,
            "code": code,
            "begun_at": at,
            "due_at": now() + timedelta(hours=1),
            "attempts": 7,
            "digest": "d" * 32 if kind == "WORK_NOTIFICATION" else None,
            "held_until": now() + timedelta(minutes=minutes) if minutes else None,
        }
        for place, (kind, status, code, minutes) in enumerate(EFFECTS)
    ]
    digest = {"id": "d" * 32, "receivers": "sealed", "status": "PENDING", "made_at": at, "attempts": 7}

    def change(connection: Any) -> None:
        connection.execute(insert(WriteRow), write | {"actor": "sealed", "request": "sealed", "begun_at": at})
        connection.execute(insert(EffectRow), effects)
        connection.execute(insert(DigestRow), digest | {"due_at": now() + timedelta(hours=1)})

    await database.write_plainly(change)
    await database.aclose()


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with five effects, which commands open."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", "invented-secret-of-the-tests-0123456789")
    asyncio.run(_fill(f"sqlite+aiosqlite:///{tmp_path}/tongxin.db"))
    return f"sqlite+aiosqlite:///{tmp_path}/tongxin.db"


@pytest.fixture
def outbox(url: str) -> Run:
    """Run the command there."""
    assert url
    return lambda *arguments: CliRunner().invoke(app, ["outbox", *map(str, arguments)])


def rows(url: str, table: Any) -> list[Any]:
    """What the database holds."""

    async def read() -> list[Any]:
        database = Database(url)
        try:
            return await database.write_plainly(lambda connection: list(connection.execute(select(table.__table__))))
        finally:
            await database.aclose()

    return asyncio.run(read())


def listed(outbox: Run, *arguments: str) -> list[dict[str, Any]]:
    """The list, as programs read it."""
    told: list[dict[str, Any]] = json.loads(outbox("list", "--json", *arguments).output)
    return told


def test_what_is_not_done_is_listed_the_oldest_first(outbox: Run) -> None:
    """With why it waits; what is done is left out unless it is asked for."""
    told = listed(outbox)

    assert [(one["number"], one["kind"], one["status"], one["code"]) for one in told] == [
        (number, kind, status, code) for number, (kind, status, code, _) in enumerate(EFFECTS, 1) if status != "DONE"
    ]
    assert [one["held"] for one in told] == [False, False, False, True, False]
    # nothing waits for a notification, nor it for any, and nothing for another platform
    assert [one["behind"] for one in told] == [None, None, None, 3, 3]
    assert [one["kind"] for one in listed(outbox, "--status", "DONE")] == ["REPLY"]
    assert "sealed" not in json.dumps(told)


def test_the_list_is_narrowed(outbox: Run) -> None:
    """By states, by a platform there is, by how many."""
    assert [one["number"] for one in listed(outbox, "--platform", "duty")] == [2]
    assert [one["number"] for one in listed(outbox, "--status", "UNKNOWN", "--status", "FAILED")] == [2, 3]
    assert [one["number"] for one in listed(outbox, "--most", "2")] == [2, 3]
    assert outbox("list", "--platform", "nowhere").exit_code == 2


def test_people_read_a_line_an_effect(outbox: Run) -> None:
    """What, where, since when, how often tried, and what is next."""
    lines = outbox("list").output.splitlines()

    assert lines[0].startswith("2  FAILED  duty  DUTY_RECORD  of replyToQuestion")
    assert lines[0].endswith("7 tries  PLATFORM_FORBIDDEN")
    assert "again " in lines[1]
    assert "is being tried" in lines[3]
    assert lines[4].endswith("behind 3")
    assert outbox("list", "--platform", "command").output == "nothing waits, and nothing was given up\n"


def test_what_was_given_up_is_tried_again_with_all_its_time(url: str, outbox: Run) -> None:
    """It waits as if it had just begun; one whose outcome is unknown stays so, that the platform is asked first."""
    told = outbox("retry", 2, 3)

    given_up, unknown = rows(url, EffectRow)[1:3]
    assert told.exit_code == 0
    assert "DUTY_RECORD on duty will be tried now" in told.output
    assert (given_up.status, given_up.code, given_up.attempts, unknown.status) == ("PENDING", None, 0, "UNKNOWN")
    assert now() - given_up.begun_at < timedelta(hours=1) < now() - unknown.begun_at
    assert max(given_up.due_at, unknown.due_at) <= now()


def test_a_notification_is_tried_together_with_its_digest(url: str, outbox: Run) -> None:
    """Its digest is due now."""
    outbox("retry", 4)

    assert rows(url, DigestRow)[0].due_at <= now()
    assert rows(url, EffectRow)[3].digest == "d" * 32


def test_dropping_gives_up_visibly(url: str, outbox: Run) -> None:
    """It stays, as FAILED with the operator's code, and belongs to no digest any more; retrying takes it back."""
    told = outbox("drop", 3, 4)

    dropped = rows(url, EffectRow)[2:4]
    assert told.exit_code == 0
    assert {(row.status, row.code, row.digest) for row in dropped} == {("FAILED", "WRITE_DROPPED", None)}
    outbox("retry", 4)
    assert rows(url, EffectRow)[3].status == "PENDING"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("retry", 2, 99), "99: no such effect"),
        (("retry", 2, 1), "1: is DONE already"),
        (("drop", 3, 2), "2: is FAILED already"),
        (("drop", 3, 5), "5: is being tried right now"),
    ],
    ids=["unknown", "done", "given up", "held"],
)
def test_all_is_done_or_nothing(arguments: tuple[Any, ...], why: str, url: str, outbox: Run) -> None:
    """Where one effect cannot be, one line says why, and the others stay as they are."""
    before = rows(url, EffectRow)

    told = outbox(*arguments)

    assert told.exit_code == 1
    assert why in told.stderr
    assert told.stderr.count("\n") == 1
    assert rows(url, EffectRow) == before


def test_each_act_stands_in_the_audit(outbox: Run) -> None:
    """Who ran it, and of which write; nothing of its content."""
    outbox("retry", 2)
    outbox("drop", 3)

    told = [json.loads(line) for line in CliRunner().invoke(app, ["audit", "export", "--json"]).output.splitlines()]

    acts = {one["act"]: one["facts"] for one in told}
    for act, kind in (("EFFECT_RETRIED", "DUTY_RECORD"), ("EFFECT_DROPPED", "TODO")):
        assert acts[act]["write"] == "w" * 32
        assert acts[act]["kind"] == kind
        assert acts[act]["operator"]
