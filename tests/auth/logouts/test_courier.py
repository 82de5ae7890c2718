"""Delivery over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from joserfc import jws
from sqlalchemy import update

from auth.logouts import courier as couriers
from auth.logouts.courier import Courier
from auth.logouts.deliveries import Deliveries, Delivery
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import ClientRow, LogoutDeliveryRow
from tests.auth.holdings import Holdings
from tests.auth.logouts.partner import Partner

ISSUER = "http://127.0.0.1:8000"


class Post:
    """A courier, and a way to owe a client a logout."""

    def __init__(self, database: Database) -> None:
        self.holdings = Holdings(database)
        self.deliveries = Deliveries(database)
        self.courier = Courier(self.deliveries, self.holdings.keys, ISSUER)

    async def owe(self, uri: str) -> str:
        """Sign somebody out of a client that listens there; answers the client's id."""
        client, person = await self.holdings.client("https://partner.example.cn/x"), await self.holdings.person()
        moved = update(ClientRow).where(ClientRow.client_id == client).values(backchannel_logout_uri=uri)
        await self.holdings.database.write(lambda session: session.execute(moved))
        sid = await self.holdings.session(person)
        await self.holdings.grant(client, person, sid)
        await self.holdings.endings.session(sid)
        return client

    async def again(self) -> None:
        """Let the pause be over."""
        due = update(LogoutDeliveryRow).where(LogoutDeliveryRow.next_at.is_not(None)).values(next_at=now())
        await self.holdings.database.write(lambda session: session.execute(due))

    async def latest(self) -> Delivery:
        """What the log says."""
        return (await self.deliveries.list())[0]


@pytest.fixture
async def post(database_file: Path) -> AsyncIterator[Post]:
    """On the embedded database."""
    database = Database(f"sqlite+aiosqlite:///{database_file}")
    made = Post(database)
    await made.holdings.keys.open()
    yield made
    await database.aclose()


async def test_a_partner_gets_a_form_with_a_token_of_ours(post: Post) -> None:
    """It can verify it with the published keys; the log says when it got there."""
    async with Partner().up() as partner:
        client = await post.owe(partner.uri)
        await post.courier.round()

    (head,), (token,) = partner.heads, partner.tokens
    assert head.startswith("POST /backchannel HTTP/1.1\r\n")
    assert "content-type: application/x-www-form-urlencoded\r\n" in head.lower()
    signed = jws.deserialize_compact(token, await post.holdings.keys.signing(), algorithms=["ES256"])
    assert client.encode() in signed.payload
    row = await post.latest()
    assert row.delivered_at is not None
    assert (row.next_at, row.tries, row.fault) == (None, 1, None)


async def test_a_partner_that_was_down_gets_it_later(post: Post) -> None:
    """Nobody listens at first; then it listens, and gets it once."""
    partner = Partner()
    async with partner.up():
        pass
    await post.owe(partner.uri)

    await post.courier.round()
    missed = await post.latest()
    async with partner.up():
        too_early = await post.courier.round()
        await post.again()
        await post.courier.round()
        await post.courier.round()

    assert (missed.fault, missed.delivered_at, too_early) == ("unreachable", None, 0)
    row = await post.latest()
    assert row.delivered_at is not None
    assert (row.tries, row.fault, len(partner.tokens)) == (2, None, 1)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "status_503"),
        (b"HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n", "status_400"),
        (b"HTTP/1.1 202 Later\r\nContent-Length: 0\r\n\r\n", "status_202"),
        (b"HTTP/1.1 307 There\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", "status_307"),
        (b"no HTTP at all\r\n\r\n", "unreachable"),
        (b"", "unreachable"),
    ],
)
async def test_anything_but_yes_is_tried_again(post: Post, answer: bytes, fault: str) -> None:
    """One word says why; a redirect is not followed, as it leads where nobody registered it to go."""
    async with Partner(answer).up() as partner:
        await post.owe(partner.uri)
        await post.courier.round()

    row = await post.latest()
    assert (row.fault, row.delivered_at) == (fault, None)
    assert row.next_at is not None
    assert len(partner.heads) == 1


async def test_an_endless_answer_is_not_read(post: Post) -> None:
    """Its status is all that counts."""
    async with Partner(b"HTTP/1.1 204 No Content\r\nContent-Length: 99999999999\r\n\r\n").up() as partner:
        await post.owe(partner.uri)
        await asyncio.wait_for(post.courier.round(), 3)

    assert (await post.latest()).delivered_at is not None


async def test_a_slow_partner_is_let_go(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds nobody up for long, and nobody else at all."""
    monkeypatch.setattr(couriers, "_CALL_SECONDS", 0.2)
    async with Partner(waits=1).up() as slow, Partner().up() as quick:
        await post.owe(slow.uri)
        await post.owe(quick.uri)
        await post.courier.round()

    faults = {row.fault for row in await post.deliveries.list()}
    assert faults == {"too_slow", None}


@pytest.mark.parametrize("uri", ["http://partner.example.cn/backchannel", "https://localhost:80@evil.example/"])
async def test_an_unsafe_address_is_never_called(post: Post, uri: str) -> None:
    """However it came into the store."""
    await post.owe(uri)

    await post.courier.round()

    assert (await post.latest()).fault == "unsafe_address"


async def test_a_client_that_was_disabled_meanwhile_is_not_told(post: Post) -> None:
    """Its deliveries are given up."""
    async with Partner().up() as partner:
        client = await post.owe(partner.uri)
        await post.holdings.endings.client(client)
        await post.courier.round()

    row = await post.latest()
    assert (row.fault, partner.heads) == ("no_back_channel", [])
    assert row.given_up_at is not None


async def test_it_runs_by_itself_and_at_once_when_woken(post: Post) -> None:
    """Nobody waits for the next look; it survives a round that fails."""
    async with Partner().up() as partner, post.courier.running():
        await asyncio.sleep(0.05)
        await post.owe(partner.uri)
        post.courier.wake()
        await asyncio.wait_for(partner.came.wait(), 3)

    assert len(partner.tokens) == 1


async def test_a_broken_round_is_not_the_end(post: Post) -> None:
    """Keys that cannot be opened, say: the next round delivers."""
    broken = Courier(post.deliveries, None, ISSUER)  # type: ignore[arg-type]  # any fault of ours
    async with Partner().up() as partner, broken.running():
        await post.owe(partner.uri)
        broken.wake()
        await asyncio.sleep(0.3)
        assert partner.tokens == []
        broken._keys = post.holdings.keys
        await post.again()
        broken.wake()
        await asyncio.wait_for(partner.came.wait(), 3)
