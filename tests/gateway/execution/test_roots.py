"""What a query begins with: objects by their ids, each in its place, and the asker's own."""

from connectors.errors import UnreachableError
from connectors.refusals import RefusedError
from tests.gateway.execution.library.graph import BookRecord, TapeRecord
from tests.gateway.execution.library.running import READER, Library, answered, ids


def codes(errors: list[tuple[list[str | int] | None, Exception | None]]) -> list[tuple[object, str]]:
    """Paths with the codes of refusals."""
    return [(path, error.code) for path, error in errors if isinstance(error, RefusedError)]


async def test_ids_of_one_type_are_one_read() -> None:
    """Doubles are asked for once; each answer stands at the place of its id."""
    library = Library(BookRecord(key="a", title="A"), TapeRecord(key="t"), BookRecord(key="b", title="B"))

    told = await answered(
        library, f"{{ held(ids: {ids('Book:b', 'Tape:t', 'Book:x', 'Book:a', 'Book:b')}) {{ title }} }}"
    )

    assert told.data["held"] == [{"title": "B"}, {"title": "A tape"}, None, {"title": "A"}, {"title": "B"}]
    assert library.asked == [("load_books", ["b", "x", "a"], ()), ("load_tapes", ["t"], ())]


async def test_ids_that_are_none_are_refused_in_their_places() -> None:
    """Nobody made them, or they are of a type that is not found here; the others are read."""
    library = Library(BookRecord(key="a"))

    told = await answered(library, f'{{ books(ids: ["no id", {ids("Book:a", "Tape:t")[1:-1]}]) {{ title }} }}')

    assert told.data["books"] == [None, {"title": "A book"}, None]
    assert codes(told.errors) == [(["books", 0], "BAD_ID"), (["books", 2], "BAD_ID")]
    assert library.asked == [("load_books", ["a"], ())]


async def test_too_many_ids_are_refused_unread() -> None:
    """In one field, and in several together."""
    library = Library()
    many = ids(*(f"Book:{n}" for n in range(101)))
    some = ids(*(f"Book:{n}" for n in range(60)))

    one = await answered(library, f"{{ held(ids: {many}) {{ title }} }}")
    assert (codes(one.errors), library.asked) == ([(["held"], "PAGE_TOO_LARGE")], [])

    two = await answered(library, f"{{ a: held(ids: {some}) {{ title }} b: held(ids: {some}) {{ title }} }}")
    assert codes(two.errors) == [(["b", at], "PAGE_TOO_LARGE") for at in range(40, 60)]


async def test_while_the_owner_is_ill_others_still_answer() -> None:
    """A stand-in has the key: what is its owner's tells why it is missing, what others own is there."""
    library = Library()
    library.ill["load_books"] = UnreachableError("shelf", "load_books")

    told = await answered(library, f"{{ books(ids: {ids('Book:a')}) {{ id price author {{ name }} }} }}")

    (book,) = told.data["books"]
    assert (book["price"], book["author"]) == (None, {"name": "Ann"})
    assert [(path, type(error)) for path, error in told.errors] == [(["books", 0, "price"], UnreachableError)]


async def test_a_type_without_a_stand_in_fails_whole() -> None:
    """There is nothing that others own."""
    library = Library()
    library.ill["load_tapes"] = UnreachableError("shelf", "load_tapes")

    told = await answered(library, f"{{ held(ids: {ids('Tape:t')}) {{ title }} }}")

    assert (told.data, told.paths) == ({"held": [None]}, ["held.0"])


async def test_one_s_own_is_null_for_nobody() -> None:
    """Nothing is read for who has no key; who has one is read once, at however many places."""
    library = Library()

    nobody = await answered(library, "{ me { name } }")
    assert (nobody.data, nobody.paths, library.asked) == ({"me": None}, [], [])

    somebody = await answered(library, "{ me { name } again: me { born } }", READER)
    assert somebody.data == {"me": {"name": "Ann"}, "again": {"born": 1980}}
    assert library.asked == [("load_authors", ["ann"], ())]


async def test_a_type_one_may_not_read_is_refused_unread() -> None:
    """Its ids are refused in their places with the scope that lacks; other types' are found."""
    library = Library(BookRecord(key="a"), TapeRecord(key="t"))
    text = f"{{ lent(ids: {ids('Tape:t', 'Book:a')}) {{ title }} }}"

    nobody = await answered(library, text)
    assert nobody.data == {"lent": [None, {"title": "A book"}]}
    assert codes(nobody.errors) == [(["lent", 0], "FORBIDDEN")]
    assert library.asked == [("load_books", ["a"], ())]

    reader = await answered(library, text, READER)
    assert (reader.data, reader.paths) == ({"lent": [{"title": "A tape"}, {"title": "A book"}]}, [])


async def test_one_s_own_lists_are_null_for_nobody() -> None:
    """Read by the asker's key, a page and a whole list; for who has none nothing is read."""
    library = Library()
    library.chapters = {"ann": ()}
    text = "{ mine(first: 1) { nodes { title } } myChapters { title } }"

    nobody = await answered(library, text)
    assert (nobody.data, nobody.paths, library.asked) == ({"mine": None, "myChapters": None}, [], [])

    somebody = await answered(library, text, READER)
    assert (somebody.data, somebody.paths) == ({"mine": None, "myChapters": []}, [])
    assert sorted((name, keys) for name, keys, _ in library.asked) == [
        ("list_books", ["ann"]),
        ("list_chapters", ["ann"]),
    ]
