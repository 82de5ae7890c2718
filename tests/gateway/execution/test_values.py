"""Values of a record: carried by the row, or read from who knows them, once for all columns of a level."""

import msgspec
from msgspec import UNSET

from connectors.errors import UnreachableError
from tests.gateway.execution.library.graph import BookRecord
from tests.gateway.execution.library.running import READER, Library, answered

ROWS = "{{ shelf(first: 9) {{ nodes {{ {} }} }} }}"


def two() -> Library:
    """Two books, listed without their prices and weights."""
    return Library(BookRecord(key="a", price=1, weight=10), BookRecord(key="b", price=2, weight=20))


async def test_values_of_one_source_are_one_read() -> None:
    """However many of them are asked for, under whatever keys, of however many rows."""
    library = two()

    told = await answered(library, ROWS.format("price again: price weight"))

    assert told.data["shelf"]["nodes"] == [
        {"price": 1, "again": 1, "weight": 10},
        {"price": 2, "again": 2, "weight": 20},
    ]
    assert [(name, keys) for name, keys, _ in library.asked] == [("list_books", ["all"]), ("load_books", ["a", "b"])]


async def test_what_rows_carry_is_not_read() -> None:
    """Also where it is null or an error: that is the row's word."""
    library = two()
    library.rows_carry = True
    library.books["b"] = msgspec.structs.replace(library.books["b"], price=None, weight=UnreachableError("x", "y"))

    told = await answered(library, ROWS.format("price weight"))

    assert told.data["shelf"]["nodes"] == [{"price": 1, "weight": 10}, {"price": None, "weight": None}]
    assert told.paths == ["shelf.nodes.1.weight"]
    assert [name for name, _, _ in library.asked] == ["list_books"]
    assert [read.path for read in told.outcome.reads] == [("shelf",)]


async def test_only_the_rows_that_lack_something_are_read() -> None:
    """A row that carries it keeps what it carries."""
    library = two()
    library.rows_carry = True
    library.books["b"] = msgspec.structs.replace(library.books["b"], price=UNSET)

    told = await answered(library, ROWS.format("price weight"))

    assert told.data["shelf"]["nodes"] == [{"price": 1, "weight": 10}, {"price": None, "weight": 20}]
    assert [(name, keys) for name, keys, _ in library.asked][1:] == [("load_books", ["b"])]


async def test_a_read_that_fails_fails_each_value_in_its_place() -> None:
    """What the rows carry stays."""
    library = two()
    library.ill["load_books"] = UnreachableError("shelf", "load_books")

    told = await answered(library, ROWS.format("title price weight"))

    assert told.data["shelf"]["nodes"] == [{"title": "A book", "price": None, "weight": None}] * 2
    assert told.paths == [f"shelf.nodes.{row}.{name}" for row in (0, 1) for name in ("price", "weight")]
    assert {type(error) for _, error in told.errors} == {UnreachableError}


async def test_what_its_source_leaves_out_is_an_error() -> None:
    """A source that is asked for a value and answers without it is wrong: null would be a lie."""
    library = two()
    library.books["b"] = msgspec.structs.replace(library.books["b"], price=UNSET)

    told = await answered(library, ROWS.format("price weight"))

    assert told.data["shelf"]["nodes"] == [{"price": 1, "weight": 10}, {"price": None, "weight": 20}]
    assert [(path, str(error)) for path, (_, error) in zip(told.paths, told.errors, strict=True)] == [
        ("shelf.nodes.1.price", "Shelf.load_books answered without price")
    ]


async def test_a_value_that_cannot_be_turned_costs_itself() -> None:
    """``then`` raises for one row; nulls and errors it is not asked about."""
    ill = UnreachableError("shelf", "list_books")
    library = Library(*(BookRecord(key=str(at), title=title) for at, title in enumerate(["Ab", "", None, ill, "Cd"])))

    told = await answered(library, ROWS.format("initial"))

    assert [row["initial"] for row in told.data["shelf"]["nodes"]] == ["A", None, None, None, "C"]
    assert [(path, type(error)) for path, (_, error) in zip(told.paths, told.errors, strict=True)] == [
        ("shelf.nodes.1.initial", IndexError),
        ("shelf.nodes.3.initial", UnreachableError),
    ]


async def test_a_value_one_may_not_see_is_not_read() -> None:
    """Without the scope no read is made for it; with it, it is one read with the others."""
    without, having = two(), two()

    refused = await answered(without, ROWS.format("lentPrice"))
    allowed = await answered(having, ROWS.format("lentPrice weight"), READER)

    assert refused.paths == ["shelf.nodes.0.lentPrice", "shelf.nodes.1.lentPrice"]
    assert [name for name, _, _ in without.asked] == ["list_books"]
    assert allowed.data["shelf"]["nodes"][1] == {"lentPrice": 2, "weight": 20}
    assert [name for name, _, _ in having.asked] == ["list_books", "load_books"]
