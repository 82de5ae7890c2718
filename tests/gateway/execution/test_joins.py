"""What other objects a level leads to: one read for all of it, each key once, everything in its place."""

import msgspec
import pytest

from connectors.errors import NotFoundError, UnreachableError
from connectors.records.page import PageArgs
from connectors.refusals import RefusedError
from tests.gateway.execution.library.graph import AuthorRecord, BookRecord, ChapterRecord
from tests.gateway.execution.library.running import READER, Answered, Library, answered

BOB = {"bob": AuthorRecord(key="bob", name="Bob")}


async def rows(library: Library, fields: str) -> tuple[list[object], Answered]:
    """The books of the shelf, and all that was told."""
    told = await answered(library, f"{{ shelf(first: 99) {{ nodes {{ {fields} }} }} }}", READER)
    return told.data["shelf"]["nodes"], told


def names(*told: str | None) -> list[object]:
    """Books whose authors have these names."""
    return [{"author": name and {"name": name}} for name in told]


async def test_linked_objects_are_one_read_each_key_once() -> None:
    """Null keys are null and not asked for; a key nobody knows is null too."""
    keys = ["ann", "bob", None, "ann", "nobody", "bob"]
    library = Library(*(BookRecord(key=str(at), author_key=key) for at, key in enumerate(keys)), authors=BOB)

    found, told = await rows(library, "author { name }")

    assert found == names("Ann", "Bob", None, "Ann", None, "Bob")
    assert told.paths == []
    assert library.asked[1:] == [("load_authors", ["ann", "bob", "nobody"], ())]


async def test_nothing_to_ask_for_is_no_read() -> None:
    """A level with null keys only, and one without objects."""
    for library in (Library(BookRecord(key="a")), Library()):
        await rows(library, "author { name } similar { title }")

        assert [name for name, _, _ in library.asked] == ["list_books"]


async def test_carried_objects_are_not_read() -> None:
    """A row may hold the object, null or an error already; only the others' keys are asked for."""
    ill = UnreachableError("shelf", "list_books")
    library = Library(
        BookRecord(key="a", author_key="bob", author=AuthorRecord(key="bob", name="Carried")),
        BookRecord(key="b", author_key="bob"),
        BookRecord(key="c", author_key="bob", author=None),
        BookRecord(key="d", author_key="bob", author=ill),
        authors=BOB,
    )

    found, told = await rows(library, "author { name }")

    assert found == names("Carried", "Bob", None, None)
    assert (told.paths, told.errors[0][1]) == (["shelf.nodes.3.author"], ill)
    assert library.asked[1:] == [("load_authors", ["bob"], ())]


async def test_one_key_s_failure_fails_every_place_of_that_key() -> None:
    """And no other; a key that is an error itself is told, not asked for."""
    gone, broken = NotFoundError("people", "load_authors"), UnreachableError("shelf", "list_books")
    keys = ["x", "ann", "x", broken]
    library = Library(*(BookRecord(key=str(at), author_key=key) for at, key in enumerate(keys)), authors={"x": gone})

    found, told = await rows(library, "author { name }")

    assert found == names(None, "Ann", None, None)
    assert told.errors == [
        (["shelf", "nodes", 0, "author"], gone),
        (["shelf", "nodes", 2, "author"], gone),
        (["shelf", "nodes", 3, "author"], broken),
    ]
    assert library.asked[1:] == [("load_authors", ["x", "ann"], ())]


@pytest.mark.parametrize("beside", [(), None])
async def test_what_can_be_no_key_costs_its_own_place(beside: object) -> None:
    """A source that lies about a key, or about one among several, whatever the other rows hold."""
    library = Library(
        BookRecord(key="a", author_key={"no": "key"}, similar_keys=(["b"], "b")),
        BookRecord(key="b", author_key="ann", similar_keys=beside),
    )

    found, told = await rows(library, "author { name } similar { title }")

    assert found == [
        {"author": None, "similar": [None, {"title": "A book"}]},
        {"author": {"name": "Ann"}, "similar": None if beside is None else []},
    ]
    assert [(path and path[3:], str(error)) for path, error in told.errors] == [
        (["author"], "unhashable type: 'dict'"),
        (["similar", 0], "unhashable type: 'list'"),
    ]


async def test_arguments_that_do_not_fit_are_an_error_where_there_is_a_key() -> None:
    """Nothing is read; a null key needs no arguments."""
    library = Library(BookRecord(key="a", author_key="ann"), BookRecord(key="b"))

    found, told = await rows(library, "authorBy(nth: 0) { name }")

    assert found == [{"authorBy": None}] * 2
    assert [(path, type(error)) for path, error in told.errors] == [
        (["shelf", "nodes", 0, "authorBy"], ZeroDivisionError)
    ]
    assert len(library.asked) == 1


async def test_arguments_go_to_the_source() -> None:
    """The same keys with other arguments are another call."""
    library = Library(BookRecord(key="a", author_key="ann"))

    await rows(
        library, "one: authorBy(nth: 1) { name } two: authorBy(nth: 2) { name } again: authorBy(nth: 1) { name }"
    )

    assert sorted(library.asked[1:]) == [("load_authors", ["ann"], (0,)), ("load_authors", ["ann"], (1,))]


async def test_lists_of_keys_keep_order_doubles_and_nulls() -> None:
    """All lists of a level are one read; what is not found is null in its place."""
    library = Library(
        BookRecord(key="a", title="A", similar_keys=("b", "nobody", "a", "b")),
        BookRecord(key="b", title="B", similar_keys=()),
        BookRecord(key="c", title="C", similar_keys=["a", None]),
    )

    found, told = await rows(library, "similar { title }")

    assert found == [
        {"similar": [{"title": "B"}, None, {"title": "A"}, {"title": "B"}]},
        {"similar": []},
        {"similar": [{"title": "A"}, None]},
    ]
    assert told.paths == []
    assert library.asked[1:] == [("load_books", ["b", "nobody", "a"], ())]


async def test_a_list_that_is_none_leaves_the_others_whole() -> None:
    """Null is null, an error is that place's."""
    ill = UnreachableError("shelf", "list_books")
    library = Library(
        BookRecord(key="a", title="A", similar_keys=("b",)),
        BookRecord(key="b", title="B", similar_keys=None),
        BookRecord(key="c", similar_keys=ill),
    )

    found, told = await rows(library, "similar { title }")

    assert found == [{"similar": [{"title": "B"}]}, {"similar": None}, {"similar": None}]
    assert told.errors == [(["shelf", "nodes", 2, "similar"], ill)]


async def test_lists_of_owners_are_one_read() -> None:
    """With the field's arguments, and one entry an owner: a list, null or an error."""
    ill = UnreachableError("shelf", "list_chapters")
    library = Library(*(BookRecord(key=key) for key in "abc"))
    library.chapters = {"a": (ChapterRecord(title="I", words=9), ill), "b": ill}

    found, told = await rows(library, "chapters(least: 5) { title words }")

    assert found == [{"chapters": [{"title": "I", "words": 9}, None]}, {"chapters": None}, {"chapters": None}]
    assert told.errors == [
        (["shelf", "nodes", 0, "chapters", 1], ill),
        (["shelf", "nodes", 1, "chapters"], ill),
    ]
    assert library.asked[1:] == [("list_chapters", ["a", "b", "c"], (5,))]


@pytest.mark.parametrize(
    ("asked", "counts"), [("nodes { id }", False), ("totalCount", True), ("edges { cursor } n: totalCount", True)]
)
async def test_a_page_is_counted_only_where_the_count_is_asked_for(asked: str, *, counts: bool) -> None:
    """Counting costs the platform; whatever key it is asked under."""
    library = Library(BookRecord(key="a"))

    await answered(library, f"{{ shelf(first: 3) {{ {asked} }} }}")

    assert library.asked == [("list_books", ["all"], (PageArgs(first=3, with_total=counts),))]


@pytest.mark.parametrize(("first", "code"), [(0, "BAD_INPUT"), (101, "PAGE_TOO_LARGE")])
async def test_a_page_that_cannot_be_is_refused_unread(first: int, code: str) -> None:
    """The field's error; no platform is asked."""
    library = Library()

    told = await answered(library, "query ($n: Int!) { shelf(first: $n) { totalCount } }", n=first)

    ((path, error),) = told.errors
    assert (path, isinstance(error, RefusedError) and error.code) == (["shelf"], code)
    assert (told.data, library.asked) == ({"shelf": None}, [])


async def test_a_variable_that_is_null_in_spite_of_its_default_is_the_field_s_error() -> None:
    """What fits is known only when it runs; nothing is read."""
    library = Library()

    told = await answered(library, "query ($n: Int = 5) { shelf(first: $n) { totalCount } }", n=None)

    assert (told.data, told.paths, library.asked) == ({"shelf": None}, ["shelf"], [])


async def test_records_are_not_changed() -> None:
    """Sources may keep what they answered."""
    library = Library(BookRecord(key="a", author_key="ann", similar_keys=("a",)))
    before = msgspec.json.encode(list(library.books.values()))

    await rows(library, "title author { name } similar { title price }")

    assert msgspec.json.encode(list(library.books.values())) == before
