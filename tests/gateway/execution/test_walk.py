"""Nulls go up to the nearest position that may be null, and every error says where it happened."""

from typing import Any

import pytest
from graphql import ExecutionResult, build_schema, parse

from gateway.execution.adapter import execute
from tests.gateway.execution.library.graph import AuthorRecord, BookRecord
from tests.gateway.execution.library.running import Library, answered

SCHEMA = build_schema(
    """
    type Query { top: Part, sure: Part! }
    type Part {
        may: Int
        must: Int!
        late: Int
        part: Part
        sure: Part!
        any: [Int]
        all: [Int!]
        surely: [Int!]!
        parts: [Part]
        sures: [Part!]
    }
    """
)


async def told(text: str, root: dict[str, Any]) -> tuple[Any, list[str]]:
    """Data, and the paths of errors."""
    result: Any = execute(SCHEMA, parse(text), root)
    done: ExecutionResult = result if isinstance(result, ExecutionResult) else await result
    return done.data, [".".join(map(str, error.path or ())) for error in done.errors or ()]


WRONG = ValueError("wrong")


@pytest.mark.parametrize(
    ("asked", "top", "data", "path"),
    [
        ("may", {"may": WRONG}, {"top": {"may": None}}, "top.may"),
        ("may must", {"may": 1, "must": None}, {"top": None}, "top.must"),
        ("any", {"any": [1, WRONG]}, {"top": {"any": [1, None]}}, "top.any.1"),
        ("all", {"all": [1, None, 2]}, {"top": {"all": None}}, "top.all.1"),
        ("surely", {"surely": [1, WRONG]}, {"top": None}, "top.surely.1"),
        ("may sure { must }", {"may": 1, "sure": {"must": WRONG}}, {"top": None}, "top.sure.must"),
        ("part { must } may", {"part": {"must": WRONG}, "may": 1}, {"top": {"part": None, "may": 1}}, "top.part.must"),
        (
            "parts { must }",
            {"parts": [{"must": 1}, {"must": WRONG}]},
            {"top": {"parts": [{"must": 1}, None]}},
            "top.parts.1.must",
        ),
        ("sures { must }", {"sures": [{"must": 1}, {"must": WRONG}]}, {"top": {"sures": None}}, "top.sures.1.must"),
    ],
)
async def test_a_null_goes_up_to_the_nearest_that_may_be_null(
    asked: str, top: dict[str, Any], data: dict[str, Any], path: str
) -> None:
    """Further than that nothing is lost; the error stays where it happened."""
    assert await told(f"{{ top {{ {asked} }} }}", {"top": top}) == (data, [path])


async def test_the_whole_answer_may_be_null() -> None:
    """Where nothing on the way up may."""
    assert await told("{ sure { must } top { may } }", {"sure": {"must": None}}) == (None, ["sure.must"])


async def test_errors_come_in_the_document_s_order() -> None:
    """Whatever order columns were made in; of a part that is discarded only the first is told."""
    root = {"top": {"may": WRONG, "any": [WRONG, 1, WRONG], "part": {"must": WRONG, "may": WRONG}}}

    assert await told("{ top { part { must may } any may } }", root) == (
        {"top": {"part": None, "any": [None, 1, None], "may": None}},
        ["top.part.must", "top.any.0", "top.any.2", "top.may"],
    )


async def test_errors_that_were_waited_for_come_behind() -> None:
    """First by how often something was waited for, then by the document's order."""

    async def late(_: Any) -> int:
        raise WRONG

    root = {"top": {"late": late, "may": WRONG, "any": [WRONG]}}

    _, paths = await told("{ top { late may any } }", root)

    assert paths == ["top.may", "top.any.0", "top.late"]


async def test_what_is_shared_fails_at_each_of_its_places() -> None:
    """Two books of one author: he is made once, and what is wrong with him is told at both, each with its path."""
    library = Library(
        BookRecord(key="a", author_key="bob"),
        BookRecord(key="b", author_key="ann"),
        BookRecord(key="c", author_key="bob"),
        authors={"bob": AuthorRecord(key="bob", born=None)},
    )

    told = await answered(library, "{ shelf(first: 9) { nodes { title author { born } } } }")

    assert told.data["shelf"]["nodes"] == [
        {"title": "A book", "author": None},
        {"title": "A book", "author": {"born": 1980}},
        {"title": "A book", "author": None},
    ]
    assert told.paths == ["shelf.nodes.0.author.born", "shelf.nodes.2.author.born"]
    assert library.asked[1] == ("load_authors", ["bob", "ann"], ())
