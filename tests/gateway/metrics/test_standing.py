"""What a replica tells of itself: ready or not, its stores, its loop, its audit."""

import asyncio
import time

from gateway.metrics.loop import EVERY_SECONDS, LoopLag
from tests.gateway.metrics.test_page import samples
from tests.stack import Gateway


async def told(gateway: Gateway) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    """Scrape it."""
    return samples((await gateway.client.get("/metrics")).text)


async def test_a_replica_that_drains_is_not_ready(gateway: Gateway) -> None:
    """It still answers, and tells that nothing new is to be sent here."""
    assert (await told(gateway))["tongxin_ready"] == {(): 1}

    gateway.parts.process.draining = True

    assert (await told(gateway))["tongxin_ready"] == {(): 0}


async def test_a_store_is_told_once_it_was_looked_for(gateway: Gateway) -> None:
    """The database is there; no word of a Redis that nobody set."""
    stores = gateway.parts.station.stores
    await stores.database.look()
    assert (await told(gateway))["tongxin_store_up"] == {(("store", "database"),): 1}

    stores.database.ok = False

    assert (await told(gateway))["tongxin_store_up"] == {(("store", "database"),): 0}


async def test_the_audits_losses_are_counted_since_the_start(gateway: Gateway) -> None:
    """Nothing is lost at first; the count stays where the loss has been written into the chain."""
    groups = gateway.parts.authority.audit._groups
    assert (await told(gateway))["tongxin_audit_lost_entries_total"] == {(): 0}

    groups._lose("an act", None)
    await gateway.parts.authority.audit.flush()

    found = await told(gateway)
    assert found["tongxin_audit_lost_entries_total"] == {(): 1}
    assert found["tongxin_audit_waiting_entries"] == {(): 0}


async def test_what_holds_up_the_loop_is_told() -> None:
    """By at least as long as it was held up beyond what was due."""
    lag = LoopLag()

    async with lag.running():
        await asyncio.sleep(0)
        time.sleep(EVERY_SECONDS + 0.1)  # noqa: ASYNC251 - what must not happen
        await asyncio.sleep(0.05)
        (family,) = lag.collect()

    assert family.samples[0].value >= 0.1
