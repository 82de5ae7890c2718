"""Notes become entries of a chain, late by a group at most, and hold no person."""

import json
from typing import Any

import pytest
from sqlalchemy.exc import DataError

from auth.audit import Act, Audit
from auth.audit.groups import Groups
from auth.store import Database, StoreUnavailableError
from tests.auth.audit.conftest import Books


async def rows(books: Books, act: Act) -> list[Any]:
    """The kept entries of an act, in their order."""
    wanted = "SELECT number, who, whom, client_id, trace_id, facts FROM audit_entry WHERE act = :act ORDER BY number"
    return await books.run(wanted, act=act.name)


async def test_a_note_is_kept_with_pseudonyms(books: Books) -> None:
    """Who and whom cannot be read from the store; the same person has the same pseudonym."""
    audit = books.audit()
    audit.note(Act.ROLE_GIVEN, who="ann", whom="bob", client_id="c1", trace_id="t1", role="ops")
    audit.note(Act.SIGNED_IN, who="bob")

    await audit.flush()

    [given], [signed_in] = await rows(books, Act.ROLE_GIVEN), await rows(books, Act.SIGNED_IN)
    assert (given.client_id, given.trace_id, json.loads(given.facts)) == ("c1", "t1", {"role": "ops"})
    assert given.whom == signed_in.who == books.vault.pseudonym("bob")
    assert "bob" not in str(await books.run("SELECT * FROM audit_entry"))


async def test_the_same_read_within_a_group_is_one_entry_that_says_how_often(books: Books) -> None:
    """A page that is loaded again and again fills no table; another asker's read is another entry."""
    audit = books.audit()
    for who in ("ann", "ann", "bob", "ann"):
        audit.note(Act.READ_PERSONAL, who=who, persons=("employee GE_1",), kind="phone")
    await audit.flush()

    audit.note(Act.READ_PERSONAL, who="ann", persons=("employee GE_1",), kind="phone")
    await audit.flush()

    facts = [json.loads(one.facts) for one in await rows(books, Act.READ_PERSONAL)]
    assert [one.get("times", 1) for one in facts] == [3, 1, 1]


async def test_running_writes_within_a_group_and_the_rest_at_the_end(books: Books) -> None:
    """What is noted just before the end is there too."""
    audit = books.audit()
    async with audit.running():
        audit.note(Act.SIGNED_IN)
    async with audit.running():
        audit.note(Act.SIGNED_OUT)

    assert [one.number for one in await rows(books, Act.AUDIT_STARTED)] == [1, 3]
    assert [one.number for one in await rows(books, Act.SIGNED_OUT)] == [4]
    assert await books.broken() == {}


async def test_a_new_process_goes_on_where_the_chain_ended(books: Books) -> None:
    """Also one of the same name that runs beside it: nothing forks."""
    first, second = books.audit(), books.audit()
    for number in range(6):
        one = (first, second)[number % 2]
        one.note(Act.SIGNED_IN, nth=number)
        await one.flush()

    assert [json.loads(one.facts)["nth"] for one in await rows(books, Act.SIGNED_IN)] == list(range(6))
    [verdict] = await first.verify()
    assert (verdict.entries, verdict.first, verdict.last, verdict.broken) == (6, 1, 6, None)


async def test_what_cannot_stand_in_a_column_is_made_fit(books: Books) -> None:
    """A note never fails, whatever a caller sent."""
    audit = books.audit()
    audit.note(Act.SIGN_IN_REFUSED, client_id="x\0" * 100, trace_id="t" * 99, odd=object, zero="a\0b")

    await audit.flush()

    [kept] = await rows(books, Act.SIGN_IN_REFUSED)
    assert len(kept.client_id) <= 40
    assert await books.broken() == {}


class Away(Database):
    """A store that is away, or whose answers are lost on the way back."""

    def __init__(self, real: Database, *, keeps: bool = False) -> None:
        self.real, self.keeps, self.away = real, keeps, True

    async def write_plainly(self, change: Any) -> Any:
        """Fail, before or after the work is done."""
        if self.away and not self.keeps:
            raise StoreUnavailableError
        done = await self.real.write_plainly(change)
        if self.away:
            raise StoreUnavailableError
        return done


async def test_while_the_store_is_away_notes_wait(books: Books) -> None:
    """They are written in their order once it is back."""
    away = Away(books.database)
    audit = books.audit(database=away)
    for number in range(3):
        audit.note(Act.SIGNED_IN, nth=number)
        with pytest.raises(StoreUnavailableError):
            await audit.flush()

    away.away = False
    await audit.flush()

    assert [json.loads(one.facts)["nth"] for one in await rows(books, Act.SIGNED_IN)] == [0, 1, 2]


async def test_a_lost_answer_writes_nothing_twice(books: Books) -> None:
    """The group was kept and nobody heard of it; meanwhile another process wrote."""
    away = Away(books.database, keeps=True)
    audit = books.audit(database=away)
    audit.note(Act.SIGNED_IN)
    with pytest.raises(StoreUnavailableError):
        await audit.flush()
    books_of_another = books.audit()
    books_of_another.note(Act.SIGNED_OUT)
    await books_of_another.flush()

    away.away = False
    await audit.flush()

    assert len(await rows(books, Act.SIGNED_IN)) == 1
    assert await books.broken() == {}


async def test_losses_are_counted_in_the_chain(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """When too much waits the first are kept, and one entry says how many are missing behind them."""
    away = Away(books.database)
    audit = books.audit(database=away)
    monkeypatch.setattr(groups_of(audit), "_most", 3)
    for number in range(8):
        audit.note(Act.SIGNED_IN, nth=number)

    away.away = False
    await audit.flush()

    assert [json.loads(one.facts)["nth"] for one in await rows(books, Act.SIGNED_IN)] == [0, 1, 2]
    [lost] = await rows(books, Act.AUDIT_LOST)
    assert (lost.number, json.loads(lost.facts)) == (4, {"entries": 5})


class Picky(Away):
    """A store that refuses groups with one kind of entry in them."""

    async def write_plainly(self, change: Any) -> Any:
        """Refuse them as a database does."""
        if any(entry.act == Act.SIGN_IN_REFUSED.name for entry in change.keywords.get("group", ())):
            raise DataError("INSERT", {}, ValueError("no such text"))
        return await self.real.write_plainly(change)


async def test_an_entry_the_database_refuses_takes_no_other_along(books: Books) -> None:
    """It is counted as lost."""
    audit = books.audit(database=Picky(books.database))
    for act in (Act.SIGNED_IN, Act.SIGN_IN_REFUSED, Act.SIGNED_OUT):
        audit.note(act)

    await audit.flush()

    kept = await books.run("SELECT act FROM audit_entry ORDER BY number")
    assert [one.act for one in kept] == ["SIGNED_IN", "SIGNED_OUT", "AUDIT_LOST"]


def groups_of(audit: Audit) -> Groups:
    """What waits in an audit."""
    return audit._groups
