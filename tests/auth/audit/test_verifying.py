"""Whoever changes the tables behind the audit's back is found out, and where."""

import pytest

from auth.audit import Act, Audit
from auth.audit.verifying import Fault
from tests.auth.audit.conftest import Books

SOME = 6


async def noted(audit: Audit, count: int = SOME) -> None:
    """Write so many entries, each in a group of its own."""
    for number in range(count):
        audit.note(Act.SIGNED_IN, nth=number)
        await audit.flush()


async def signed(books: Books, chain: str = "first", count: int = SOME) -> None:
    """The same by a replica that runs and ends, which signs where its chain stands; one entry more."""
    audit = books.audit(chain)
    await noted(audit, count - 1)
    async with audit.running():
        pass


CHANGES = {
    "another act": ("UPDATE audit_entry SET act = 'SIGNED_OUT' WHERE number = 3", 3, Fault.CHANGED),
    "another person": ("UPDATE audit_entry SET who = 'x' WHERE number = 3", 3, Fault.CHANGED),
    "another fact": ("UPDATE audit_entry SET facts = '{}' WHERE number = 3", 3, Fault.CHANGED),
    "another digest": ("UPDATE audit_entry SET digest = 'sha256.00' WHERE number = 3", 3, Fault.CHANGED),
    "a hash nobody knows": ("UPDATE audit_entry SET digest = 'crc.00' WHERE number = 3", 3, Fault.CHANGED),
    "one is gone": ("DELETE FROM audit_entry WHERE number = 3", 4, Fault.MISSING),
    "the first is gone": ("DELETE FROM audit_entry WHERE number = 1", 2, Fault.NO_BEGINNING),
    "the last is gone": ("DELETE FROM audit_entry WHERE number = 6", 6, Fault.NO_END),
    "all are gone": ("DELETE FROM audit_entry", 1, Fault.NO_END),
    "a checkpoint of theirs": ("UPDATE audit_checkpoint SET digest = 'sha256.00'", 6, Fault.NOT_OURS),
    "its key is gone": ("DELETE FROM signing_key", 6, Fault.NOT_OURS),
}


@pytest.mark.parametrize("case", CHANGES)
async def test_a_change_is_found_at_the_first_entry_that_is_wrong(books: Books, case: str) -> None:
    """Whatever was changed."""
    statement, number, fault = CHANGES[case]
    await signed(books)
    assert await books.broken() == {}

    await books.run(statement)

    assert await books.broken() == {"first": (number, fault)}


async def test_entries_that_changed_places_are_found(books: Books) -> None:
    """The first of them follows nothing any more."""
    await signed(books)

    for before, after in ((3, -3), (4, 3), (-3, 4)):
        await books.run("UPDATE audit_entry SET number = :after WHERE number = :before", before=before, after=after)

    assert await books.broken() == {"first": (3, Fault.CHANGED)}


async def test_a_chain_made_anew_is_found_by_its_checkpoint(books: Books) -> None:
    """All its hashes fit, as no secret is in them; the signed one says otherwise."""
    await signed(books)

    await books.run("DELETE FROM audit_entry")
    await books.run("UPDATE audit_checkpoint SET chain = 'aside'")
    await noted(books.audit())
    await books.run("UPDATE audit_checkpoint SET chain = 'first'")

    assert await books.broken() == {"first": (6, Fault.OTHERWISE_SIGNED)}


async def test_a_key_of_theirs_signs_nothing(books: Books) -> None:
    """A signing key counts only if its private half opens with our secret: another one's is of no use."""
    await signed(books)

    await books.run("UPDATE signing_key SET sealed_private_jwk = 'none of ours'")

    assert await books.broken() == {"first": (6, Fault.NOT_OURS)}


async def test_another_chain_tells_what_was_cut_off(books: Books) -> None:
    """The intruder deletes the newest entries and their checkpoint; the other replica has written down the end."""
    await signed(books, "first")
    await signed(books, "second")
    [first, second] = await books.audit().verify()
    assert (first.anchors, second.anchors, first.broken, second.broken) == (1, 0, None, None)

    await books.run("DELETE FROM audit_entry WHERE chain = 'first' AND number > 4")
    await books.run("DELETE FROM audit_checkpoint WHERE chain = 'first'")

    [first, _] = await books.audit().verify()
    assert first.broken is not None
    assert (first.broken.number, first.broken.fault, first.broken.told_by) == (5, Fault.NO_END, "second")


async def test_another_chain_tells_what_was_made_anew(books: Books) -> None:
    """The whole first chain is written again, checkpoint and all, with other entries."""
    await signed(books, "first")
    await signed(books, "second")

    await books.run("DELETE FROM audit_entry WHERE chain = 'first'")
    await books.run("DELETE FROM audit_checkpoint WHERE chain = 'first'")
    await noted(books.audit("first"))

    [first, _] = await books.audit().verify()
    assert first.broken is not None
    assert (first.broken.number, first.broken.fault) == (6, Fault.OTHERWISE_ANCHORED)


async def test_a_whole_chain_that_is_gone_is_missed(books: Books) -> None:
    """Nothing of it is left but another chain's word."""
    await signed(books, "first")
    await signed(books, "second")

    await books.run("DELETE FROM audit_entry WHERE chain = 'first'")
    await books.run("DELETE FROM audit_checkpoint WHERE chain = 'first'")

    assert await books.broken() == {"first": (1, Fault.NO_END)}


async def test_an_idle_replica_writes_no_anchors(books: Books) -> None:
    """Two that only look at each other would never end."""
    await signed(books, "first")
    async with books.audit("second", checkpoint_s=1).running():
        pass
    before = await books.run("SELECT count(*) FROM audit_entry")

    await books.audit("second").flush()

    assert await books.run("SELECT count(*) FROM audit_entry") == before
