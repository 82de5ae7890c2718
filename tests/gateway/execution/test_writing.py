"""The function of a level is written from its shape: never from a caller's words."""

import keyword

import msgspec
import pytest

from gateway.execution.planning import Plan
from tests.gateway.execution.library.graph import BookRecord
from tests.gateway.execution.library.running import Library, answered, ids, planned

BOOK = f"{{{{ books(ids: {ids('Book:a')}) {{{{ {{}} }}}} }}}}"
INJECTED = (
    "callers_word: title __import__: pages _exec_1: price injected: author { harm: name } also: diary"
    " evil: similar { pages __builtins__: id }"
)


def sources(plan: Plan) -> list[str]:
    """The text of each level's function."""
    return [level.source for _, level in plan.levels]


def test_no_word_of_a_caller_stands_in_the_code() -> None:
    """Response keys are data beside it."""
    code = "\n".join(sources(planned(BOOK.format(INJECTED))))

    for word in ("callers_word", "__import__", "_exec_1", "injected", "harm", "also", "evil", "__builtins__", "Book:a"):
        assert word not in code


@pytest.mark.parametrize(
    "key", ["run", "objects", "at", "kind", "level", "Out", "keys", "together", "f0", "x0", "v0", "print", "__class__"]
)
async def test_a_key_may_be_any_word(key: str) -> None:
    """Also one that the code itself uses, twice in different levels."""
    told = await answered(
        Library(BookRecord(key="a", title="A", similar_keys=("a",))),
        BOOK.format(f"{key}: title similar {{ {key}: pages title }}"),
    )

    assert told.data["books"] == [{key: "A", "similar": [{key: 100, "title": "A"}]}]


async def test_keywords_of_python_are_keys_like_others() -> None:
    """All of them at once."""
    told = await answered(
        Library(BookRecord(key="a", title="A")), BOOK.format(" ".join(f"{word}: title" for word in keyword.kwlist))
    )

    assert told.data["books"] == [dict.fromkeys(keyword.kwlist, "A")]


def test_equal_shapes_are_compiled_once() -> None:
    """Other words, the same code; another shape is another."""
    one, other = planned(BOOK.format("a: title b: pages")), planned(BOOK.format("title c: pages"))
    different = planned(BOOK.format("title"))

    def code(plan: Plan) -> list[object]:
        return [level.run.__code__ for _, level in plan.levels]

    assert all(left is right for left, right in zip(code(one), code(other), strict=True))
    assert code(one)[-1] is not code(different)[-1]


async def test_what_is_encoded_has_the_caller_s_keys_in_the_query_s_order() -> None:
    """Whatever brings a value: the row, a read, the type's name, code by hand."""
    text = BOOK.format("z: price a: title kind: __typename author { name } y: pages again: title id")
    library = Library(BookRecord(key="a", title="A", price=1, author_key="ann"))

    told = await answered(library, text)

    assert list(told.data["books"][0]) == ["z", "a", "kind", "author", "y", "again", "id"]
    assert isinstance(told.outcome.data, msgspec.Raw)
    assert bytes(told.outcome.data).startswith(
        b'{"books":[{"z":1,"a":"A","kind":"Book","author":{"name":"Ann"},"y":100,"again":"A","id":"'
    )


async def test_a_level_of_type_names_only_needs_nothing() -> None:
    """There is an output for each object all the same."""
    told = await answered(Library(BookRecord(key="a")), BOOK.format("__typename kind: __typename"))

    assert told.data["books"] == [{"__typename": "Book", "kind": "Book"}]
