"""Which connection carries a call, who waits for one, and when one may not be used again."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from connectors.http1.errors import LostError, PoolTooSlowError, UnconnectedError
from connectors.http1.pool import WRITE_IDLE_SECONDS
from tests.connectors.http1.conftest import Way
from tests.connectors.http1.peers import OK, Peer, Talk, answering, saying, serving, staying

if TYPE_CHECKING:
    from connectors.http1.connection import Connection
    from connectors.http1.reply import Reply

Make = Callable[..., Way]


def holding(let_go: asyncio.Event) -> Talk:
    """Answers requests when the test says so."""

    async def talk(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await peer.request(reader)
            await let_go.wait()
            writer.write(OK)

    return talk


def under_way(way: Way) -> "asyncio.Future[Reply]":
    """The one answer that is waited for."""
    ((pool, _),) = way.hosts._pools.values()
    (connection,) = pool._open
    assert connection._waiting is not None
    return connection._waiting


async def test_a_connection_carries_one_call_after_another(way: Way) -> None:
    """It is opened once."""
    async with serving(answering) as peer:
        for _ in range(5):
            assert (await way.get(peer.address)).body == b"ok"

    assert peer.opened == 1
    assert (way.stats.opened, way.stats.reused) == (1, 4)


async def test_calls_at_once_have_a_connection_each_up_to_the_bound(way_out: Make) -> None:
    """Those beyond it wait, and all are answered."""
    way = way_out(most_connections=3)
    async with serving(answering) as peer:
        await asyncio.gather(*(way.get(peer.address) for _ in range(20)))

    assert peer.opened == way.stats.open == 3
    assert len(peer.asked) == 20
    assert (way.stats.waited, way.stats.waiting) == (17, 0)


async def test_who_waits_longest_is_served_first(way_out: Make) -> None:
    """Nobody who came later overtakes, not even one who finds a connection free at that moment."""
    way, let_go = way_out(most_connections=1), asyncio.Event()
    order: list[int] = []

    async def ask(name: int) -> None:
        await way.get(peer.address + str(name))
        order.append(name)

    async with serving(holding(let_go)) as peer:
        tasks = []
        for name in range(5):
            tasks.append(asyncio.create_task(ask(name)))
            await asyncio.sleep(0)
        await peer.until(lambda: way.stats.waiting == 4)
        let_go.set()
        tasks.append(asyncio.create_task(ask(5)))
        await asyncio.gather(*tasks)

    assert order == [0, 1, 2, 3, 4, 5]


async def test_a_waiter_who_leaves_costs_the_others_nothing(way_out: Make) -> None:
    """Cancelled in the queue, or at the very moment at which the connection was handed over."""
    way, let_go = way_out(most_connections=1), asyncio.Event()
    async with serving(holding(let_go)) as peer:
        holder = asyncio.create_task(way.get(peer.address))
        await peer.until(lambda: len(peer.asked) == 1)
        leaving, unaware = (asyncio.create_task(way.get(peer.address)) for _ in range(2))
        handed = asyncio.create_task(way.get(peer.address))
        await peer.until(lambda: way.stats.waiting == 3)
        leaving.cancel()
        under_way(way).add_done_callback(lambda _: unaware.cancel())  # the connection is its own by then, unseen
        let_go.set()

        assert (await handed).body == b"ok"
        for gone in (leaving, unaware):
            with pytest.raises(asyncio.CancelledError):
                await gone
        assert (await holder).body == (await way.get(peer.address)).body == b"ok"

    assert peer.opened == 1


async def test_waiting_ends_at_the_deadline(way_out: Make) -> None:
    """The connection goes on to others; nothing was sent."""
    way, let_go = way_out(most_connections=1), asyncio.Event()
    async with serving(holding(let_go)) as peer:
        holder = asyncio.create_task(way.get(peer.address))
        await peer.until(lambda: len(peer.asked) == 1)

        with pytest.raises(PoolTooSlowError):
            await way.get(peer.address, seconds=0.1)
        let_go.set()

        assert (await holder).body == (await way.get(peer.address)).body == b"ok"
    assert len(peer.asked) == 2
    assert way.stats.waiting == 0


async def test_with_no_time_left_nothing_is_sent(way: Way) -> None:
    """Nor is a connection opened."""
    async with serving(answering) as peer:
        with pytest.raises(PoolTooSlowError):
            await way.get(peer.address, seconds=0)

    assert peer.opened == 0


async def test_one_place_serves_all_who_wait_though_connections_end(way_out: Make) -> None:
    """Each ended connection leaves its place to the next."""
    way = way_out(most_connections=1)
    async with serving(saying(OK)) as peer:
        await asyncio.gather(*(way.get(peer.address) for _ in range(6)))

    assert len(peer.asked) == 6


async def test_one_place_serves_all_who_wait_though_nobody_listens(way_out: Make) -> None:
    """A connection that cannot be opened leaves its place too."""
    way = way_out(most_connections=1)
    async with serving(answering) as peer:
        address = peer.address

    calls = await asyncio.gather(*(way.get(address) for _ in range(4)), return_exceptions=True)

    assert [type(call) for call in calls] == [UnconnectedError] * 4
    assert way.stats.failed == 4


async def test_connection_close_is_honoured(way: Way) -> None:
    """A platform that will close is not asked on that connection again."""
    words = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
    async with serving(staying(words)) as peer:
        for _ in range(2):
            assert (await way.get(peer.address)).body == b"ok"
        await peer.until(lambda: peer.ended == 2)

    assert peer.opened == 2


async def test_http_1_0_is_not_kept_unless_it_says_so(way: Way) -> None:
    """Its connections end with the answer."""
    async with serving(staying(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")) as peer:
        await way.get(peer.address)
        await peer.until(lambda: peer.ended == 1)

    assert way.stats.open == 0


async def test_bytes_nobody_asked_for_end_the_connection(way: Way) -> None:
    """What comes between calls must not become the answer to the next one."""
    talkative = asyncio.Event()

    async def talk(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await peer.request(reader)
        writer.write(OK)
        await talkative.wait()
        if peer.opened == 1:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
        await reader.read()

    async with serving(talk) as peer:
        await way.get(peer.address)
        talkative.set()
        await peer.until(lambda: way.stats.open == 0)
        assert (await way.get(peer.address)).body == b"ok"


def once_then_silent() -> Talk:
    """Answers the first request of its first connection, and hangs up on the second; answers all of the others."""

    async def talk(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = peer.opened == 1
        await peer.request(reader)
        writer.write(OK)
        await peer.request(reader)
        if not first:
            writer.write(OK)
            await reader.read()

    return talk


async def test_a_stale_connection_is_retried_once_for_what_may_be_sent_twice(way: Way) -> None:
    """The other side closed a kept connection before it saw the request: a fresh one is asked."""
    async with serving(once_then_silent()) as peer:
        await way.get(peer.address)

        assert (await way.get(peer.address)).body == b"ok"

    assert (peer.opened, len(peer.asked), way.stats.stale) == (2, 3, 1)


async def test_a_stale_connection_is_not_retried_for_a_write(way: Way) -> None:
    """It may have been taken: only who asked can know whether to send it again."""
    async with serving(once_then_silent()) as peer:
        await way.get(peer.address)

        with pytest.raises(LostError):
            await way.post(peer.address)

    assert len(peer.asked) == 2


async def test_a_retry_is_not_retried(way: Way) -> None:
    """A server that always hangs up is asked twice and no more."""

    async def talk(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await peer.request(reader)
        if peer.opened == 1:
            writer.write(OK)
            await peer.request(reader)

    async with serving(talk) as peer:
        await way.get(peer.address)

        with pytest.raises(LostError):
            await way.get(peer.address)

    assert len(peer.asked) == 3


async def test_a_fresh_connection_is_not_retried(way: Way) -> None:
    """A server that hangs up on the first request is not asked again."""
    async with serving(saying(b"")) as peer:
        with pytest.raises(LostError):
            await way.get(peer.address)

    assert len(peer.asked) == 1


async def test_a_call_whose_answer_had_begun_is_not_retried(way: Way) -> None:
    """One byte tells that the request was read."""
    async with serving(saying(OK, b"H")) as peer:
        await way.get(peer.address)

        with pytest.raises(LostError):
            await way.get(peer.address)

    assert len(peer.asked) == 2


async def test_a_write_takes_no_connection_that_was_idle_for_long(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other side may be closing it just then, and the write could not be sent again."""
    async with serving(answering) as peer:
        await way.post(peer.address)
        await way.post(peer.address)
        assert peer.opened == 1

        monkeypatch.setattr("connectors.http1.pool.WRITE_IDLE_SECONDS", -WRITE_IDLE_SECONDS)
        await way.post(peer.address)

    assert peer.opened == 2
    assert way.stats.open == 1


async def test_an_idle_connection_is_closed_after_a_while(way_out: Make) -> None:
    """Those used since are kept."""
    way = way_out(idle_seconds=0.15)
    async with serving(answering) as peer:
        await asyncio.gather(way.get(peer.address), way.get(peer.address))
        assert way.stats.open == 2

        await peer.until(lambda: peer.ended == 2)

    assert way.stats.open == 0


async def test_who_is_cancelled_closes_the_connection(way: Way) -> None:
    """The rest of a half-read answer must reach nobody."""
    async with serving(staying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")) as peer:
        call = asyncio.create_task(way.get(peer.address))
        await peer.until(lambda: len(peer.asked) == 1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await peer.until(lambda: peer.ended == 1)

    assert way.stats.open == 0


async def test_who_is_cancelled_after_the_answer_disturbs_nobody(
    way_out: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By then the connection carries another's call."""
    way, let_go = way_out(most_connections=1), asyncio.Event()
    async with serving(holding(let_go)) as peer:
        first = asyncio.create_task(way.get(peer.address))
        await peer.until(lambda: len(peer.asked) == 1)
        second = asyncio.create_task(way.get(peer.address))
        await peer.until(lambda: way.stats.waiting == 1)
        ((pool, _),) = way.hosts._pools.values()
        freed = pool.freed

        def cancelled_just_then(connection: "Connection") -> None:
            first.cancel()  # its answer is there, and it does not know yet
            freed(connection)

        monkeypatch.setattr(pool, "freed", cancelled_just_then)
        let_go.set()

        assert (await second).body == b"ok"
        with pytest.raises(asyncio.CancelledError):
            await first
    assert peer.opened == 1


async def test_closing_ends_everything(way_out: Make) -> None:
    """Idle connections, calls under way, and calls that wait; later ones are not begun."""
    way, never = way_out(most_connections=2), asyncio.Event()
    async with serving(holding(never)) as peer, serving(answering) as other:
        await way.get(other.address)
        calls = [asyncio.create_task(way.get(peer.address)) for _ in range(3)]
        await peer.until(lambda: len(peer.asked) == 2 and way.stats.waiting == 1)

        await way.hosts.aclose()

        ended = await asyncio.gather(*calls, return_exceptions=True)
        assert sorted(type(each).__name__ for each in ended) == ["LostError", "LostError", "UnconnectedError"]
        await peer.until(lambda: peer.ended == 2 or peer.opened == 2)
        await other.until(lambda: other.ended == 1)
        with pytest.raises(UnconnectedError):
            await way.get(other.address)
    never.set()
    assert way.stats.open == 0


async def test_a_large_body_reaches_the_other_side_whole(way: Way) -> None:
    """More than the socket takes at once."""
    body = b"x" * 5_000_000
    async with serving(answering) as peer:
        assert (await way.post(peer.address, body)).body == b"ok"

    assert peer.asked[0].endswith(body)


async def test_an_answer_before_the_request_was_sent_ends_the_connection(way: Way) -> None:
    """What is left of the request must not run into the next one."""

    async def talk(_: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        await asyncio.Event().wait()

    async with serving(talk) as peer:
        assert (await way.post(peer.address, b"x" * 30_000_000)).status == 413

    assert way.stats.open == 0
