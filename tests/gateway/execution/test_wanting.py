"""A source is told which attributes will be looked at, so that it may leave out the rest."""

import pytest

from gateway.execution.wanting import all_of
from tests.gateway.execution.library.graph import BookRecord
from tests.gateway.execution.library.running import READER, Library, answered, ids, planned

ONE = f"book(id: {ids('Book:a')[1:-1]})"


def wanted(text: str, at: str) -> set[str] | None:
    """What is wanted at that place."""
    (place,) = (one for one in planned(text).places if ".".join(one.path) == at)
    return None if place.wanted is None else set(place.wanted)


@pytest.mark.parametrize(
    ("fields", "attributes"),
    [
        ("__typename", {"key"}),
        ("title", {"key", "title"}),
        ("again: title initial", {"key", "title"}),
        ("id", {"key"}),
        ("author { name born }", {"key", "author_key", "author"}),
        ("secretAuthor { name }", {"key", "author_key"}),
        ("similar { title }", {"key", "similar_keys", "title"}),  # the same source is asked for both
        ("chapters(least: 1) { title }", {"key"}),
    ],
)
def test_what_fields_look_at_is_wanted(fields: str, attributes: set[str]) -> None:
    """The attributes a declaration names, and the key."""
    assert wanted(f"{{ {ONE} {{ {fields} }} }}", "book") == attributes


@pytest.mark.parametrize(
    "page",
    [
        "nodes { title author { name } }",
        "edges { cursor node { title author { name } } }",
        "pageInfo { hasNextPage } edges { node { title } } nodes { author { name } } totalCount",
    ],
)
def test_of_a_page_what_its_rows_need(page: str) -> None:
    """Not what the page itself is made of."""
    assert wanted(f"{{ shelf(first: 1) {{ {page} }} }}", "shelf") == {"key", "title", "author_key", "author"}


def test_a_page_without_rows_wants_nothing_of_them() -> None:
    """Its count, and where it stands."""
    assert wanted("{ shelf(first: 1) { totalCount pageInfo { endCursor } } }", "shelf") == set()


def test_where_code_by_hand_decides_all_is_wanted() -> None:
    """A rule may look at anything of the object."""
    assert wanted(f"{{ {ONE} {{ diary }} }}", "book") is None


def test_of_an_interface_what_each_type_needs() -> None:
    """Nobody knows yet which it will be."""
    text = f"{{ held(ids: {ids('Tape:a')}) {{ title ...on Book {{ pages }} ...on Tape {{ minutes }} }} }}"

    (books, tapes) = planned(text).places

    assert books.wanted == tapes.wanted == frozenset({"key", "title", "pages", "minutes"})


def test_all_places_of_a_source_want_the_same() -> None:
    """Whichever asks first, the others are told what it was told."""
    plan = planned(f"{{ a: {ONE} {{ title }} b: {ONE} {{ pages weight }} me {{ name }} }}")

    of_books = {place.wanted for place in plan.places if place.source.__name__ == "load_books"}

    assert of_books == {frozenset({"key", "title", "pages", "weight"})}
    assert {place.wanted for place in plan.places if place.source.__name__ == "load_authors"} == {
        frozenset({"key", "name"})
    }


async def test_the_source_is_told() -> None:
    """With its keys."""
    library = Library(BookRecord(key="a", author_key="ann"))

    await answered(library, "{ shelf(first: 1) { nodes { title author { born } } } }", READER)

    assert library.wanted == [frozenset({"key", "title", "author_key", "author"}), frozenset({"key", "born"})]


def test_one_who_wants_all_decides() -> None:
    """None is everything, and nobody wants nothing."""
    assert all_of([frozenset("a"), None, frozenset("b")]) is None
    assert all_of([frozenset("a"), frozenset("b")]) == frozenset("ab")
    assert all_of([]) == frozenset()
