"""The two platforms behind that graph, which write down what they are asked; and how operations run over them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from graphql import GraphQLError
from graphql.execution.values import VariableValues
from msgspec import UNSET

from connectors.records.page import Page, PageArgs, Row
from connectors.viewer import ANYONE, Ask, Scope, Viewer
from gateway.execution.compiled import CompiledOperation
from gateway.execution.documents import Documents
from gateway.execution.engine import Engine
from gateway.execution.operation import GraphQLRequest, Outcome
from gateway.execution.planning import Plan
from gateway.execution.run import Run
from schema.identifiers import global_id
from schema.loaders import Sources
from tests.gateway.execution.invented import caller
from tests.gateway.execution.library.graph import AuthorRecord, BookRecord, People, Shelf, TapeRecord, graph

READER = Viewer(person_id="ann", scopes=frozenset({Scope.GRAPH_READ, Scope.DUTY_READ}))


class Library:
    """Both platforms. ``asked``: each read with its keys and arguments; ``wanted``: what it was told of attributes.

    ``ill`` names reads that raise; ``gate`` holds reads up; ``rows_carry``: a listed book is whole.
    """

    def __init__(self, *records: Any, authors: Mapping[str, Any] | None = None) -> None:
        self.books: dict[str, Any] = {one.key: one for one in records if isinstance(one, BookRecord)}
        self.tapes: dict[str, Any] = {one.key: one for one in records if isinstance(one, TapeRecord)}
        self.authors: Mapping[str, Any] = {"ann": AuthorRecord("ann"), **(authors or {})}
        self.chapters: dict[str, Any] = {}
        self.ill: dict[str, Exception] = {}
        self.asked: list[tuple[str, list[Any], tuple[Any, ...]]] = []
        self.wanted: list[frozenset[str] | None] = []
        self.rows_carry = False
        self.cancelled = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def load_books(self, keys: Sequence[str], ask: Ask) -> Sequence[Any]:
        """See ``Shelf``."""
        return await self._answered("load_books", keys, self.books, ask)

    async def load_tapes(self, keys: Sequence[str], ask: Ask) -> Sequence[Any]:
        """See ``Shelf``."""
        return await self._answered("load_tapes", keys, self.tapes, ask)

    async def list_books(self, keys: Sequence[str], page: PageArgs, ask: Ask) -> Sequence[Any]:
        """The first of them, in their order."""
        rows = [Row(cursor=key, node=self._row(book)) for key, book in self.books.items()][: page.first]
        whole = Page(edges=tuple(rows), has_next=False, total=len(self.books) if page.with_total else None)
        return await self._answered("list_books", keys, {"all": whole}, ask, page)

    async def list_chapters(self, keys: Sequence[str], least: int, ask: Ask) -> Sequence[Any]:
        """See ``Shelf``."""
        return await self._answered("list_chapters", keys, self.chapters, ask, least)

    async def load_authors(self, keys: Sequence[str], *rest: Any) -> Sequence[Any]:
        """See ``People``; whatever number is asked by."""
        return await self._answered("load_authors", keys, self.authors, rest[-1], *rest[:-1])

    def _row(self, book: Any) -> Any:
        lacks = isinstance(book, BookRecord) and not self.rows_carry
        return msgspec.structs.replace(book, price=UNSET, weight=UNSET) if lacks else book

    async def _answered(
        self, name: str, keys: Sequence[str], held: Mapping[str, Any], ask: Ask, *more: Any
    ) -> list[Any]:
        self.asked.append((name, list(keys), more))
        self.wanted.append(ask.wanted)
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if name in self.ill:
            raise self.ill[name]
        return [held.get(key) for key in keys]

    @property
    def sources(self) -> Sources:
        """Who answers what."""
        return {
            Shelf.load_books: self.load_books,
            Shelf.load_tapes: self.load_tapes,
            Shelf.list_books: self.list_books,
            Shelf.list_chapters: self.list_chapters,
            People.load_authors: self.load_authors,
        }


class _Files:
    def plain(self, identifier: str) -> str:
        return identifier

    def sealed(self, identifier: str, person: str) -> str:
        return f"{identifier} for {person}"


def engine_of(library: Library) -> Engine:
    """An engine over it."""
    return Engine(graph(), library.sources, _Files())


class Answered(msgspec.Struct):
    """An outcome in a form that is easily compared: ``errors`` are pairs of path and error."""

    outcome: Outcome
    data: Any
    errors: list[tuple[list[str | int] | None, Exception | None]]

    @property
    def paths(self) -> list[str]:
        """Where the errors are."""
        return [".".join(map(str, path or ())) for path, _ in self.errors]


async def answered(library: Library, text: str, viewer: Viewer = ANYONE, **variables: Any) -> Answered:
    """Run it on our engine."""
    outcome = await engine_of(library)(GraphQLRequest(text, variables=variables or None), caller(viewer))
    data = msgspec.json.decode(outcome.data) if isinstance(outcome.data, msgspec.Raw) else outcome.data
    return Answered(outcome, data, [(error.path, error.original_error or error) for error in outcome.errors])


def compiled(text: str) -> CompiledOperation:
    """The only operation of a text over that graph."""
    document = Documents(graph()).read(text)
    found = document.operation(graph(), None)
    assert not document.errors, document.errors
    assert not isinstance(found, GraphQLError)
    return found


def planned(text: str, **variables: Any) -> Plan:
    """Its plan."""
    return compiled(text).plan(VariableValues({}, variables))


def ids(*names: str) -> str:
    """Ids as an argument writes them: ``Book:a``."""
    return "[" + ", ".join(f'"{global_id(*name.split(":", 1))}"' for name in names) + "]"


def a_run() -> Run:
    """A run of nothing yet."""
    return Run(engine_of(Library()).context(caller().ask), VariableValues({}, {}))
