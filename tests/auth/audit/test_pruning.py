"""Old entries go, and what is left still proves that nothing else did."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from auth.audit import Act
from auth.audit.verifying import Fault
from tests.auth.audit.conftest import Books

DAY = 86_400.0


@pytest.fixture
async def aged(books: Books, ticking: Callable[[float], None]) -> Books:
    """Three entries of 300 days ago, three of today, in each of two chains."""
    audits = [books.audit(chain) for chain in ("first", "second")]
    for days in (-300, 300):
        ticking(days * DAY)
        for audit in audits:
            for number in range(3):
                audit.note(Act.SIGNED_IN, nth=number, old=days < 0)
            await audit.flush()
        ticking(0.0)
    return books


async def left(books: Books) -> dict[str, Any]:
    """The numbers that are left of each chain."""
    rows = await books.run("SELECT chain, number FROM audit_entry WHERE act = 'SIGNED_IN' ORDER BY number")
    return {chain: [one.number for one in rows if one.chain == chain] for chain in ("first", "second")}


async def test_what_is_too_old_goes_from_every_chain(aged: Books) -> None:
    """Whichever replica does it; the rest is as whole as before, and that it was done is noted."""
    audit = aged.audit("third")

    deleted = await audit.prune()
    await audit.flush()

    assert deleted == 6
    assert await left(aged) == {"first": [4, 5, 6], "second": [4, 5, 6]}
    assert await aged.broken() == {}
    told = await aged.run("SELECT facts FROM audit_entry WHERE act = 'AUDIT_PRUNED' ORDER BY number")
    assert [json.loads(one.facts) for one in told] == [
        {"chain": chain, "entries": 3, "up_to": 3} for chain in ("first", "second")
    ]
    assert await audit.prune() == 0


async def test_what_an_intruder_prunes_is_found(aged: Books) -> None:
    """A checkpoint that says only that the entry was there is no leave to delete it."""
    async with aged.audit("first").running():
        pass

    await aged.run("DELETE FROM audit_entry WHERE chain = 'first' AND number < 8")

    assert (await aged.broken())["first"][1] in {Fault.NO_BEGINNING, Fault.NO_END}


async def test_more_than_was_pruned_may_not_be_missing(aged: Books) -> None:
    """The signed number is where the rest begins."""
    await aged.audit("third").prune()

    await aged.run("DELETE FROM audit_entry WHERE chain = 'first' AND number = 4")

    assert await aged.broken() == {"first": (5, Fault.NO_BEGINNING)}


async def test_a_chain_whose_entries_are_all_old_goes_on(books: Books, ticking: Callable[[float], None]) -> None:
    """Its number and digest stand in the checkpoint."""
    ticking(-300 * DAY)
    old = books.audit("first")
    old.note(Act.SIGNED_IN)
    await old.flush()
    ticking(300 * DAY)

    assert await books.audit("second").prune() == 1
    assert await books.broken() == {}
    again = books.audit("first")
    again.note(Act.SIGNED_IN)
    await again.flush()

    assert await left(books) == {"first": [2], "second": []}
    assert await books.broken() == {}


async def test_a_long_chain_is_pruned_in_parts(aged: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outcome is the same."""
    monkeypatch.setattr("auth.audit.pruning._AT_ONCE", 2)

    assert await aged.audit("third").prune() == 6

    assert await left(aged) == {"first": [4, 5, 6], "second": [4, 5, 6]}
    assert await aged.broken() == {}


async def test_running_prunes(aged: Books) -> None:
    """From the start on, without being asked."""
    audit = aged.audit("first")
    async with audit.running():
        while (await left(aged))["second"] != [4, 5, 6]:
            await audit.flush()

    assert await aged.broken() == {}
