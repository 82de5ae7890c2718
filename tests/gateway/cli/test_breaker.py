"""``tongxin breaker`` and ``tongxin incidents``: what operators order, and what happened."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from auth.store import Database, upgrade
from auth.store.moments import now
from gateway.cli import app
from gateway.ops.incidents.episode import Episode, Trouble
from gateway.ops.incidents.lines import cause_line
from gateway.ops.incidents.store import IncidentStore

Run = Callable[..., Any]
TROUBLE = Trouble("duty", "slow", "them", "ill", "慢", "Slow.", now() - timedelta(minutes=3))


async def _fill(url: str) -> None:
    """An incident that goes on."""
    database = Database(url)
    await upgrade(database)
    await IncidentStore(database, "one").keep(Episode(TROUBLE, [cause_line(TROUBLE, TROUBLE.since)]))
    await database.aclose()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands on a store with one incident."""
    url = f"sqlite+aiosqlite:///{tmp_path}/tongxin.db"
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", url)
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", "invented-secret-of-the-tests-0123456789")
    monkeypatch.setenv("TONGXIN_SANDBOX", "true")
    asyncio.run(_fill(url))
    return lambda *words: CliRunner().invoke(app, words)


def test_calls_are_stopped_listed_and_released(run: Run) -> None:
    """With who and until when; released, nothing is ordered any more."""
    opened = run("breaker", "open", "duty", "--minutes", "5")
    listed = json.loads(run("breaker", "list", "--json").output)
    released = run("breaker", "release", "duty")

    assert opened.exit_code == released.exit_code == 0, opened.output
    assert [(one["platform"], one["state"]) for one in listed] == [("duty", "OPEN")]
    assert listed[0]["by"].startswith("operator ")
    assert "acts by itself again" in released.output
    assert "nothing is ordered" in run("breaker", "list").output
    assert "nothing was ordered" in run("breaker", "release", "duty").output


def test_an_unknown_platform_is_refused(run: Run) -> None:
    """With the names there are."""
    refused = run("breaker", "close", "nobody")

    assert refused.exit_code == 2
    assert "duty" in refused.output


def test_incidents_are_listed_and_exported_with_what_was_done(run: Run) -> None:
    """A line each; as JSON with the timeline; as CSV with a row a line of it."""
    run("breaker", "open", "duty")

    listed = run("incidents", "list").output
    [exported] = [json.loads(line) for line in run("incidents", "export").output.splitlines()]
    rows = run("incidents", "export", "--csv").output.splitlines()

    assert "duty" in listed
    assert "goes on" in listed
    assert [entry["kind"] for entry in exported["entries"]] == ["cause", "act"]
    assert exported["entries"][1]["by"].startswith("operator ")
    assert len(rows) == 3
    assert rows[0].startswith("incident,platform,began")
