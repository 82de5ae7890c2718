"""What goes when, on both databases."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from auth.store import Database
from auth.store import sweeping as sweepings
from auth.store.moments import now
from auth.store.sweeping import Sweeping
from auth.store.tables import (
    Base,
    DeviceCodeRow,
    GrantRow,
    InitialAccessTokenRow,
    LockoutRow,
    LogoutDeliveryRow,
    PushedRequestRow,
    RevocationRow,
    SessionRow,
    UsedOnceRow,
)
from tests.auth.holdings import Holdings

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _kept_for_a_time(client: str, moment: datetime, longer: datetime) -> list[Base]:
    """A row of each kind, ended at that moment; of those that are kept longer, at the other."""
    return [
        UsedOnceRow(digest=moment.isoformat(), until=moment),
        RevocationRow(kind="jti", value=moment.isoformat(), revoked_at=moment, until=moment),
        PushedRequestRow(
            digest=moment.isoformat(),
            client_id=client,
            sealed_parameters="",
            expires_at=moment - DAY,
            used_at=moment - DAY,
        ),
        DeviceCodeRow(
            digest=moment.isoformat(),
            user_code_digest=moment.isoformat(),
            client_id=client,
            scopes=frozenset(),
            interval=5,
            decision="allowed",
            expires_at=moment - DAY,
        ),
        LogoutDeliveryRow(client_id=client, subject="p", sid="", created_at=longer, tries=1, delivered_at=longer),
        InitialAccessTokenRow(
            label="x", digest=moment.isoformat(), scopes=frozenset(), uses_left=1, created_at=longer, expires_at=longer
        ),
        LockoutRow(subject=moment.isoformat(), failures=1, failed_at=longer, locked_until=None),
    ]


async def _count(database: Database, table: type[Base]) -> int:
    return await database.read(lambda session: session.scalar(select(func.count()).select_from(table))) or 0


async def test_what_has_ended_goes_and_the_rest_stays(database: Database) -> None:
    """One of each is due, one of each is not."""
    holdings, moment = Holdings(database), now()
    client = await holdings.client()
    old = _kept_for_a_time(client, moment - HOUR, moment - 31 * DAY)
    young = _kept_for_a_time(client, moment + HOUR, moment - 29 * DAY)
    for row in (*old, *young):
        await holdings._add(row)

    swept = await Sweeping(database).round()
    again = await Sweeping(database).round()

    assert {swept[type(row).__tablename__] for row in old} == {1}
    assert {await _count(database, type(row)) for row in young} == {1}
    assert set(again.values()) == {0}


async def test_a_delivery_that_is_still_owed_stays(database: Database) -> None:
    """However old it is."""
    holdings, moment = Holdings(database), now() - 60 * DAY
    client = await holdings.client()
    owed = LogoutDeliveryRow(client_id=client, subject="p", sid="", created_at=moment, tries=1, next_at=moment)
    await holdings._add(owed)

    assert (await Sweeping(database).round())["logout_delivery"] == 0


@pytest.mark.parametrize(
    ("grant", "session", "goes"),
    [
        ({"expires_at": -2 * DAY}, None, 1),
        ({"expires_at": -HOUR}, None, 0),
        ({"ended_at": -2 * DAY, "expires_at": 9 * DAY}, None, 1),
        ({"ended_at": -HOUR, "expires_at": 9 * DAY}, None, 0),
        ({"expires_at": -2 * DAY}, {}, 0),
        ({"expires_at": -2 * DAY}, {"ended_at": -HOUR}, 1),
        ({"expires_at": -2 * DAY}, {"ends_at": -2 * DAY}, 1),
    ],
)
async def test_a_grant_stays_while_its_session_goes_on(
    database: Database, grant: dict[str, Any], session: dict[str, Any] | None, goes: int
) -> None:
    """Else its client would never hear of the session's end."""
    holdings, moment = Holdings(database), now()
    person, client = await holdings.person(), await holdings.client()
    sid = None if session is None else await holdings.session(person)
    if session:
        ended = update(SessionRow).values({name: moment + shift for name, shift in session.items()})
        await database.write(lambda writing: writing.execute(ended))
    await holdings.grant(client, person, sid, **{name: moment + shift for name, shift in grant.items()})

    swept = await Sweeping(database).round()

    assert swept["token_grant"] == goes
    assert await _count(database, GrantRow) == 1 - goes


async def test_sessions_stay_for_a_month_after_their_end(database: Database) -> None:
    """Their clients' grants go with them or before them."""
    holdings, moment = Holdings(database), now()
    person = await holdings.person()
    for ends_at in (moment - 31 * DAY, moment - 29 * DAY, moment + HOUR):
        sid = await holdings.session(person)
        changed = update(SessionRow).where(SessionRow.sid == sid).values(ends_at=ends_at)
        await database.write(lambda writing, changed=changed: writing.execute(changed))

    assert (await Sweeping(database).round())["session"] == 1


async def test_much_goes_in_small_steps_even_when_two_sweep(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row goes once."""
    monkeypatch.setattr(sweepings, "_STEP", 7)
    holdings, moment = Holdings(database), now() - HOUR
    for number in range(30):
        await holdings._add(UsedOnceRow(digest=str(number), until=moment))

    both = await asyncio.gather(Sweeping(database).round(), Sweeping(database).round())

    assert await _count(database, UsedOnceRow) == 0
    assert sum(swept["used_once"] for swept in both) == 30


async def test_it_runs_by_itself(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hour; here every few milliseconds, and a round that fails is not the last."""
    monkeypatch.setattr(sweepings, "_EVERY_SECONDS", 0.01)
    holdings, sweeping, rounds, swept = Holdings(database), Sweeping(database), [], asyncio.Event()
    right = sweeping.round

    async def once_broken() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError
        await right()
        swept.set()

    monkeypatch.setattr(sweeping, "round", once_broken)
    await holdings._add(UsedOnceRow(digest="old", until=now() - HOUR))
    async with sweeping.running():
        await asyncio.wait_for(swept.wait(), 5)

    assert await _count(database, UsedOnceRow) == 0


async def test_what_was_only_asked_for_goes_early(database: Database) -> None:
    """Anybody can have pushed requests and device codes made by a public client's id: they must not heap up."""
    holdings, ended = Holdings(database), now() - timedelta(minutes=16)
    client = await holdings.client()
    for digest, decision, used_at in (("a", None, None), ("b", "allowed", ended)):
        await holdings._add(
            PushedRequestRow(digest=digest, client_id=client, sealed_parameters="", expires_at=ended, used_at=used_at)
        )
        await holdings._add(
            DeviceCodeRow(
                digest=digest,
                user_code_digest=digest,
                client_id=client,
                scopes=frozenset(),
                interval=5,
                decision=decision,
                expires_at=ended,
            )
        )

    swept = await Sweeping(database).round()

    assert (swept["pushed_request"], swept["device_code"]) == (1, 1)
