"""Who may see what is decided before anything is read: a scope for a level at once, who sees it object by object."""

from typing import Any

import pytest
from msgspec import UNSET

from connectors.refusals import RefusedError
from connectors.viewer import Scope
from gateway.execution.requirements import verdicts
from schema.declarations import OPEN, Requirement
from tests.gateway.execution.library.graph import BookRecord
from tests.gateway.execution.library.running import READER, Library, a_run, answered


async def test_a_missing_scope_makes_no_read_and_an_error_per_object() -> None:
    """Each error names the scope."""
    library = Library(BookRecord(key="a", author_key="ann"), BookRecord(key="b", author_key="ann"))
    text = "{ shelf(first: 9) { nodes { secretAuthor { name } } } }"

    refused = await answered(library, text)

    assert refused.data["shelf"]["nodes"] == [{"secretAuthor": None}] * 2
    assert refused.paths == ["shelf.nodes.0.secretAuthor", "shelf.nodes.1.secretAuthor"]
    assert [error.facts for _, error in refused.errors if isinstance(error, RefusedError)] == [
        {"scope": "duty:read"}
    ] * 2
    assert [name for name, _, _ in library.asked] == ["list_books"]
    assert (await answered(library, text, READER)).paths == []


async def test_who_sees_an_object_is_asked_of_each() -> None:
    """What one does not see is null without an error: not even that it is there is told."""
    library = Library(BookRecord(key="a", owner="ann"), BookRecord(key="b", owner="bob"), BookRecord(key="c"))

    told = await answered(library, "{ shelf(first: 9) { nodes { diary } } }", READER)

    assert [row["diary"] for row in told.data["shelf"]["nodes"]] == ["A book", None, None]
    assert told.paths == []


@pytest.mark.parametrize("requires", [OPEN, Requirement()])
def test_what_everybody_may_see_is_not_looked_at(requires: Requirement) -> None:
    """None: no column is made."""
    assert verdicts(a_run(), requires, [BookRecord(key="a")]) is None


def test_a_rule_that_fails_shows_nothing_but_that() -> None:
    """Its error stands for that object; the others are decided."""

    def sees(book: Any, _: Any) -> bool:
        return bool(1 // book.pages)

    told = verdicts(a_run(), Requirement(sees=sees), [BookRecord(key="a", pages=pages) for pages in (1, 0, 2)])

    assert told is not None
    assert told[0] is UNSET
    assert isinstance(told[1], ZeroDivisionError)
    assert told[2] is None


def test_the_scope_comes_before_the_object() -> None:
    """Without it no object is looked at."""

    def sees(*_: Any) -> bool:
        raise AssertionError

    told = verdicts(a_run(), Requirement(Scope.OPS_READ, sees), [None, None])

    assert told is not None
    assert [type(one) for one in told] == [RefusedError, RefusedError]
