"""Both gateways are restarted one after the other behind HAProxy, under load: nobody notices."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest

from schema.identifiers import global_id
from tests.mortal.world import World
from tests.mortal.writing import Writer, drained, signed_in
from tests.stack import Sandbox
from tests.verify.balanced import Balanced, balanced
from tests.verify.ears import Ears, Socketed
from tests.verify.under_load import Load, pages

pytestmark = pytest.mark.verify

PATIENCE = 30
RESTART = 1012


@pytest.fixture(scope="module")
def replicas(running_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Balanced]:
    """Both of them, and what is around them."""
    running_sandbox.reset()
    with balanced(running_sandbox, tmp_path_factory.mktemp("replicas"), TONGXIN_WRITES__DIGEST_INTERVAL_S="0") as whole:
        yield whole


@asynccontextmanager
async def loaded(world: World, studio: str) -> AsyncIterator[Load]:
    """Readers, writers, a browser and a renewed token, while the block runs."""
    load = Load(world)
    browser, person = await asyncio.to_thread(lambda: (world.browser(world.newcomer()), world.newcomer()))
    code = await asyncio.to_thread(lambda: world.agreed(world.browser(person)))
    tokens = (await asyncio.to_thread(world.trade, code)).json()
    citizens = [Writer(world, await asyncio.to_thread(signed_in, world, world.newcomer(), "zheliban")) for _ in "ab"]
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=load.base, timeout=30, trust_env=False))
        callers = [load.reader(client, name, page) for name, page in pages(world).items()]
        callers += [load.stranger(name, page) for name, page in pages(world).items()]
        own = {"query": "{ viewer { displayName questions(first: 5) { nodes { title } } } }"}
        callers += [load.reader(client, "own", own, one.token) for one in citizens]
        callers += [load.writer(client, one, studio) for one in citizens]
        callers += [load.session(browser), load.renewer(tokens)]
        await stack.enter_async_context(load.running(*callers))
        yield load


async def test_nobody_notices(replicas: Balanced) -> None:
    """No request fails, what was asked is heard, nothing is written twice, the outbox is empty in the end."""
    world = replicas.world
    studio = next(one for one in world.sandbox.world.studios if one.members[0].person.work)
    member = await asyncio.to_thread(signed_in, world, studio.members[0].person.id, "zhezhengding")
    asked_at = global_id("Studio", studio.key)
    events = [Ears(replicas.port, asked_at, member) for _ in range(4)]
    sockets = [Socketed(replicas.port, asked_at, member) for _ in range(4)]
    listening = [asyncio.create_task(one.listen()) for one in (*events, *sockets)]
    await until(lambda: all(one.opened for one in (*events, *sockets)))

    async with loaded(world, asked_at) as load:
        await until(lambda: len(load.asked) > 1 and all(one.heard for one in events))
        for replica in replicas.replicas:
            await asyncio.to_thread(replicas.restart, replica)
            await asyncio.sleep(1)
    for one in events:
        await until(lambda one=one: set(load.asked) <= set(one.heard))
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)

    assert load.failed == []
    assert set(load.done) == {"studios", "studio", "own", "write", "session", "token"}
    assert min(load.done.values()) > 10
    for one in events:
        assert set(one.heard) == set(load.asked)
        assert max(Counter(one.heard).values()) <= one.opened  # after each break what was told lately may be told again
    assert sum(one.opened - 1 for one in events) >= 4
    assert all(one.told == [] for one in events)
    closed = [told for one in sockets for told in one.told]
    assert {code for code, _ in closed} == {RESTART}
    assert len(closed) >= 4
    assert all(set(one.heard) <= set(load.asked) for one in sockets)
    assert await asyncio.to_thread(drained, world)


async def test_one_that_is_killed_takes_only_what_it_had_in_hand(replicas: Balanced) -> None:
    """Each caller loses one request at most; what was written once more is there once."""
    world = replicas.world
    studio = next(one for one in world.sandbox.world.studios if one.members[0].person.work)
    asked_at = global_id("Studio", studio.key)
    killed = replicas.replicas[0]

    async with loaded(world, asked_at) as load:
        await until(lambda: len(load.asked) > 1)
        await asyncio.to_thread(killed.end, signal.SIGKILL)
        await asyncio.sleep(4)
        failed = list(load.failed)
        await asyncio.to_thread(killed.start)
        await asyncio.to_thread(replicas.until_served_by, killed)

    assert len(failed) <= 10  # as many callers there are
    assert load.failed == failed
    assert await asyncio.to_thread(drained, world)


async def until(done: Callable[[], bool]) -> None:
    """Wait for it."""
    async with asyncio.timeout(PATIENCE):
        while not done():  # noqa: ASYNC110 - other processes tell it in no other way
            await asyncio.sleep(0.05)
