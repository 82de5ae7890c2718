"""The outbox's metrics: what waits, for how long, and how tries ended."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest
from sqlalchemy import insert

from auth.store import Database, upgrade
from auth.store.moments import now
from auth.store.tables import EffectRow, WriteRow
from connectors.errors import NotAllowedError, OutcomeUnknownError, UnreachableError
from gateway.metrics.outbox import OutboxEffects
from gateway.writes.depth import Depth
from gateway.writes.tries import Tries

EFFECTS = (  # platform, status, minutes ago
    ("duty", "PENDING", 3),
    ("duty", "PENDING", 9),
    ("duty", "UNKNOWN", 5),
    ("duty", "FAILED", 90),
    ("duty", "DONE", 99),
    ("zhezhengding", "FAILED", 7),
)
PLATFORMS = ("zheliban", "zhezhengding", "duty")


def page_of(depth: Depth, tries: Tries) -> str:
    """The metrics' page."""
    registry = CollectorRegistry()
    registry.register(OutboxEffects(depth, tries, PLATFORMS))
    return generate_latest(registry).decode()


@pytest.fixture
async def database(tmp_path: Path) -> Any:
    """A database with effects in each state."""
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")
    await upgrade(opened)
    about = {"subject": "Question:1", "begun_at": now()}
    write = about | {"id": "w", "owner": "o", "asked": "a", "act": "replyToQuestion", "actor": "", "request": ""}
    rows = [
        {
            "write_id": "w",
            "place": place,
            "subject": "Question:1",
            "kind": "TODO",
            "platform": platform,
            "status": status,
            "begun_at": now() - timedelta(minutes=minutes),
            "due_at": now(),
            "attempts": 0,
        }
        for place, (platform, status, minutes) in enumerate(EFFECTS)
    ]

    def change(connection: Any) -> None:
        connection.execute(insert(WriteRow), write)
        connection.execute(insert(EffectRow), rows)

    await opened.write_plainly(change)
    yield opened
    await opened.aclose()


async def test_what_waits_is_told_by_platform_and_status(database: Database) -> None:
    """Each platform has each status, with 0 for none; the age is the oldest waiting effect's, not a failed one's."""
    depth = Depth(database)

    await depth.look()
    page = page_of(depth, Tries())

    assert 'tongxin_outbox_effects{platform="duty",status="PENDING"} 2.0' in page
    assert 'tongxin_outbox_effects{platform="duty",status="UNKNOWN"} 1.0' in page
    assert 'tongxin_outbox_effects{platform="zhezhengding",status="FAILED"} 1.0' in page
    assert 'tongxin_outbox_effects{platform="zheliban",status="PENDING"} 0.0' in page
    assert "DONE" not in page
    ages = dict(line.rsplit(" ", 1) for line in page.splitlines() if line.startswith("tongxin_outbox_oldest"))
    assert 540 <= float(ages['tongxin_outbox_oldest_effect_age_seconds{platform="duty"}']) < 600
    assert float(ages['tongxin_outbox_oldest_effect_age_seconds{platform="zhezhengding"}']) == 0


async def test_it_is_read_beside_the_requests(database: Database) -> None:
    """A scrape reads nothing itself: before the first look there are no gauges."""
    watched = Depth(database)

    before = page_of(watched, Tries())
    async with watched.running():
        while watched.seen is None:
            await database.read(lambda session: session.connection())

    assert "tongxin_outbox_effects{" not in before
    assert 'tongxin_outbox_effects{platform="duty",status="FAILED"} 1.0' in page_of(watched, Tries())


def test_tries_are_counted_by_how_they_end(tmp_path: Path) -> None:
    """Done, to be tried again, unknown, or refused for good."""
    tries = Tries()
    errors = (UnreachableError, OutcomeUnknownError, NotAllowedError)

    with tries.one("duty"):
        pass
    for error in errors:
        with pytest.raises(error), tries.one("duty"):
            raise error("duty", "records.add")
    page = page_of(Depth(Database(f"sqlite+aiosqlite:///{tmp_path}/none.db")), tries)

    for outcome in ("done", "pending", "unknown", "failed"):
        assert f'tongxin_outbox_tries_total{{outcome="{outcome}",platform="duty"}} 1.0' in page
