"""Declared fields, read by graphql-core over a small graph of the tests' own: what a row carries is not read again."""

import asyncio
import gc
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import strawberry
from graphql import ExecutionResult, GraphQLSchema, execute, parse
from msgspec import UNSET, UnsetType
from pydantic import SecretStr

from connectors.deadline import Deadline
from connectors.errors import UnreachableError
from connectors.records.page import Page, PageArgs, Row
from connectors.records.record import Record
from connectors.viewer import ANYONE, Ask, Scope, Viewer
from gateway.http.file_links import FileLinks
from schema.context import Context
from schema.declarations import Found, Requirement
from schema.fields import by_id, by_ids, described, identifier, link, value
from schema.identifiers import global_id
from schema.loaders import Loaders
from schema.paging import Connection, connection
from schema.reading import attach_readers


class Book(Record, frozen=True):
    """A record of the tests."""

    key: str
    title: str | UnsetType = UNSET
    price: int | UnsetType | None = UNSET


class Stars(Record, frozen=True):
    """What another platform knows of a book."""

    key: str
    stars: int


class Shelf:
    """A port: the platform that owns books. ``gone`` is not there, ``ill`` cannot be read."""

    async def load_books(self, keys: Sequence[str], _: Ask) -> Sequence[Any]:
        """Read books."""
        known = {"gone": None, "ill": UnreachableError("shelf", "load_books")}
        return [known.get(key, Book(key=key, title=f"Book {key}", price=3)) for key in keys]

    async def list_books(self, keys: Sequence[str], page: PageArgs, _: Ask) -> Sequence[Any]:
        """List books; rows carry their titles."""
        rows = tuple(Row(cursor=f"c{n}", node=Book(key=str(n), title=f"Row {n}")) for n in range(page.first))
        return [Page(edges=rows, has_next=True, total=9 if page.with_total else None) for _ in keys]


class Critics:
    """A port: the platform that rates them."""

    async def load_stars(self, keys: Sequence[str], _: Ask) -> Sequence[Any]:
        """Read stars."""
        return [Stars(key=key, stars=len(key)) for key in keys]


@described(zh="评分", en="Stars.")
class GraphStars:
    """As the graph shows them."""

    stars: int = value("stars", zh="星", en="How many.")


@described(zh="书", en="A book.", of=Book)
class GraphBook:
    """As the graph shows it."""

    id: strawberry.ID = identifier("Book")
    title: str | None = value("title", source=Shelf.load_books, zh="书名", en="Its title.")
    price: int | None = value(
        "price", source=Shelf.load_books, requires=Requirement(Scope.DUTY_READ), zh="价", en="What it costs."
    )
    hidden: str | None = value(
        "title", source=Shelf.load_books, requires=Requirement(sees=lambda *_: False), zh="藏", en="Never seen."
    )
    stars: GraphStars | None = link(Critics.load_stars, zh="评分", en="Its stars.")


BOOKS = {"Book": Found(Shelf.load_books, lambda key: Book(key=key))}


@described(zh="入口", en="Where reading begins.")
class Query:
    """Root fields of the tests."""

    book: GraphBook | None = by_id(BOOKS, zh="一本书", en="One book.")
    some: list[GraphBook | None] = by_ids(BOOKS, zh="几本书", en="Some books.")
    guarded: GraphBook | None = by_id(
        {"Book": Found(Shelf.load_books, requires=Requirement(Scope.DUTY_READ))}, zh="藏书", en="For some only."
    )
    own: Connection[GraphBook] | None = connection(
        Shelf.list_books, asker=lambda viewer: viewer.person_id, zh="我的书", en="The asker's."
    )
    books: Connection[GraphBook] | None = connection(Shelf.list_books, owner=lambda *_: "all", zh="书", en="Books.")


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """The graph, built once."""
    built = strawberry.Schema(query=Query)._schema
    attach_readers(built)
    return built


Run = Callable[..., Any]
GRAPHQL_CORES_OWN = r"coroutine '(Executor\.|gather_with_cancel)"


@pytest.fixture
def asked() -> list[tuple[str, list[str]]]:
    """What the sources were asked, in order."""
    return []


@pytest.fixture
def run(schema: GraphQLSchema, asked: list[tuple[str, list[str]]]) -> Run:
    """Run a query as somebody."""

    def counting(bound: Any) -> Any:
        async def call(keys: Sequence[str], *rest: Any) -> Any:
            asked.append((bound.__name__, list(keys)))
            return await bound(keys, *rest)

        return call

    shelf, critics = Shelf(), Critics()
    sources: dict[Any, Any] = {
        Shelf.load_books: counting(shelf.load_books),
        Shelf.list_books: counting(shelf.list_books),
        Critics.load_stars: counting(critics.load_stars),
    }

    async def ran(text: str, viewer: Viewer = ANYONE) -> ExecutionResult:
        ask = Ask(viewer, Deadline.after(5))
        context = Context(ask, Loaders(sources, ask), FileLinks("http://gateway", SecretStr("invented")))
        result: Any = execute(schema, parse(text), context_value=context)
        outcome: ExecutionResult = result if isinstance(result, ExecutionResult) else await result
        return outcome

    return ran


def one(key: str, fields: str) -> str:
    """A query for one book."""
    return f'{{ book(id: "{global_id("Book", key)}") {{ {fields} }} }}'


async def test_what_a_row_carries_is_not_read_again(run: Run, asked: list[tuple[str, list[str]]]) -> None:
    """Titles come with the list; what the rows lack is read for all of them in one call."""
    carried = await run("{ books(first: 3) { nodes { title } } }")
    lacking = await run("{ books(first: 3) { nodes { title price } } }", Viewer(scopes=frozenset({Scope.DUTY_READ})))

    assert carried.data == {"books": {"nodes": [{"title": f"Row {n}"} for n in range(3)]}}
    assert lacking.data["books"]["nodes"][0] == {"title": "Row 0", "price": 3}
    assert asked == [("list_books", ["all"]), ("list_books", ["all"]), ("load_books", ["0", "1", "2"])]


async def test_links_of_a_level_are_read_in_one_call(run: Run, asked: list[tuple[str, list[str]]]) -> None:
    """Another platform is asked once for all rows."""
    result = await run("{ books(first: 2) { edges { cursor node { stars { stars } } } } }")

    assert result.data["books"]["edges"][1] == {"cursor": "c1", "node": {"stars": {"stars": 1}}}
    assert asked[1:] == [("load_stars", ["0", "1"])]


async def test_while_the_owner_is_ill_others_still_answer(run: Run) -> None:
    """The object stands with what other platforms own; each field of its owner says what is wrong."""
    result = await run(one("ill", "id title stars { stars }"))

    assert result.data == {"book": {"id": global_id("Book", "ill"), "title": None, "stars": {"stars": 3}}}
    assert [(error.path, type(error.original_error)) for error in result.errors] == [
        (["book", "title"], UnreachableError)
    ]


async def test_what_is_not_there_is_null_without_error(run: Run) -> None:
    """A key the platform does not know is no failure."""
    result = await run(one("gone", "title"))

    assert (result.data, result.errors) == ({"book": None}, None)


async def test_many_ids_fail_each_for_itself(run: Run, asked: list[tuple[str, list[str]]]) -> None:
    """Good, gone, ill and broken ids in one call: each has its own place."""
    ids = [global_id("Book", "1"), global_id("Book", "gone"), global_id("Book", "ill"), "broken", global_id("Cat", "1")]
    result = await run(f"{{ some(ids: {ids}) {{ title }} }}".replace("'", '"'))

    assert result.data == {"some": [{"title": "Book 1"}, None, {"title": None}, None, None]}
    assert sorted(error.path for error in result.errors) == [["some", 2, "title"], ["some", 3], ["some", 4]]
    assert asked == [("load_books", ["1", "gone", "ill"])]


async def test_a_missing_scope_is_refused_and_nothing_read(run: Run, asked: list[tuple[str, list[str]]]) -> None:
    """The field is null with FORBIDDEN and the scope's name; its source is not asked."""
    result = await run("{ books(first: 1) { nodes { price } } }")

    (error,) = result.errors
    assert result.data["books"]["nodes"] == [{"price": None}]
    assert (error.original_error.code, error.original_error.facts) == ("FORBIDDEN", {"scope": "duty:read"})
    assert asked == [("list_books", ["all"])]


async def test_what_one_does_not_see_is_null_without_error(run: Run) -> None:
    """A rule about the object hides without telling that there is something."""
    result = await run(one("1", "title hidden"))

    assert (result.data, result.errors) == ({"book": {"title": "Book 1", "hidden": None}}, None)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("{ books(first: 1) { nodes { id } } }", None),
        ("{ books(first: 1) { totalCount } }", 9),
        ("{ books(first: 1) { ... { n: totalCount } } }", 9),
        ("{ books(first: 1) { ...f } } fragment f on GraphBookConnection { totalCount }", 9),
    ],
)
async def test_the_total_is_asked_for_only_when_selected(run: Run, text: str, total: int | None) -> None:
    """Directly, by alias, in an inline or a named fragment."""
    result = await run(text)

    shown = result.data["books"]
    assert shown.get("totalCount", shown.get("n")) == total


@pytest.mark.parametrize(("first", "code"), [(0, "BAD_INPUT"), (-1, "BAD_INPUT"), (101, "PAGE_TOO_LARGE")])
async def test_a_page_has_between_1_and_100_rows(run: Run, first: int, code: str) -> None:
    """Fewer or more is refused, with how many are allowed."""
    result = await run(f"{{ books(first: {first}) {{ nodes {{ id }} }} }}")

    assert result.errors[0].original_error.code == code


async def test_page_info_tells_where_the_page_stands(run: Run) -> None:
    """First and last cursor, and whether more follow."""
    result = await run("{ books(first: 2) { pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }")

    assert result.data["books"]["pageInfo"] == {
        "startCursor": "c0",
        "endCursor": "c1",
        "hasNextPage": True,
        "hasPreviousPage": False,
    }


async def test_a_type_one_may_not_read_is_refused_by_its_id(run: Run, asked: list[tuple[str, list[str]]]) -> None:
    """With the scope's name, and unread; who holds the scope finds it."""
    text = f'{{ guarded(id: "{global_id("Book", "1")}") {{ title }} }}'

    refused = await run(text)
    nothing = list(asked)
    found = await run(text, Viewer(scopes=frozenset({Scope.DUTY_READ})))

    assert (refused.data, refused.errors[0].original_error.facts) == ({"guarded": None}, {"scope": "duty:read"})
    assert nothing == []
    assert found.data == {"guarded": {"title": "Book 1"}}


async def test_the_askers_own_list_is_read_by_the_askers_key(run: Run, asked: list[tuple[str, list[str]]]) -> None:
    """For somebody without a key it is null without error, and nothing is read."""
    text = "{ own(first: 1) { nodes { title } } }"

    nobody = await run(text)
    nothing = list(asked)
    somebody = await run(text, Viewer(person_id="ann"))

    assert (nobody.data, nobody.errors, nothing) == ({"own": None}, None, [])
    assert somebody.data == {"own": {"nodes": [{"title": "Row 0"}]}}
    assert asked == [("list_books", ["ann"])]


@pytest.mark.filterwarnings(f"ignore:{GRAPHQL_CORES_OWN}:RuntimeWarning")
@pytest.mark.parametrize("turns", range(12))
async def test_a_field_given_up_before_its_first_step_leaves_nothing_behind(run: Run, turns: int) -> None:
    """Whenever an answer is given up, as graphql-core gives up what a null takes along: no read is left unbegun."""
    identifier = global_id("Book", "1")
    fields = "title price stars { stars }"
    text = f"""{{ book(id: "{identifier}") {{ {fields} }} some(ids: ["{identifier}"]) {{ {fields} }}
        own(first: 1) {{ nodes {{ {fields} }} }} books(first: 2) {{ nodes {{ {fields} }} }} }}"""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")

        answer = asyncio.ensure_future(run(text, Viewer(person_id="ann", scopes=frozenset({Scope.DUTY_READ}))))
        for _ in range(turns):
            await asyncio.sleep(0)
        answer.cancel()
        await asyncio.gather(answer, return_exceptions=True)
        gc.collect()

    # graphql-core leaves coroutines of its own behind
    assert [str(each.message) for each in told if not re.search(GRAPHQL_CORES_OWN, str(each.message))] == []
