"""A small graph of the tests' own: two ports, their records, and the types that are read from them."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import strawberry
from graphql import GraphQLSchema
from msgspec import UNSET, UnsetType

from connectors.records.page import PageArgs
from connectors.records.record import Record
from connectors.viewer import Ask, Scope
from schema.declarations import Found, Own, Requirement
from schema.deprecated import Deprecated
from schema.deprecations import attach_deprecations
from schema.fields import argument, by_id, by_ids, declared, described, identifier, link, links, many, value
from schema.paging import Connection, connection
from schema.reading import attach_readers


class AuthorRecord(Record, frozen=True):
    """A record of the tests."""

    key: str
    name: Any = "Ann"
    born: Any = 1980


class ChapterRecord(Record, frozen=True):
    """As a platform sends it, with the types it says."""

    title: str | None
    words: int


class BookRecord(Record, frozen=True):
    """Rows of the shelf come without ``price`` and ``weight``, unless they carry them."""

    key: str
    title: Any = "A book"
    pages: Any = 100
    price: Any | UnsetType = None
    weight: Any | UnsetType = None
    author_key: Any = None
    author: Any | UnsetType = UNSET
    similar_keys: Any = ()
    owner: str | None = None


class TapeRecord(Record, frozen=True):
    """The other thing a shelf holds."""

    key: str
    title: Any = "A tape"
    minutes: int = 60


class Shelf:
    """A port."""

    async def load_books(self, keys: Sequence[str], ask: Ask) -> Sequence[Any]:
        """Read books."""
        raise AssertionError(keys, ask)

    async def load_tapes(self, keys: Sequence[str], ask: Ask) -> Sequence[Any]:
        """Read tapes."""
        raise AssertionError(keys, ask)

    async def list_books(self, keys: Sequence[str], page: PageArgs, ask: Ask) -> Sequence[Any]:
        """List books."""
        raise AssertionError(keys, page, ask)

    async def list_chapters(self, keys: Sequence[str], least: int, ask: Ask) -> Sequence[Any]:
        """List chapters."""
        raise AssertionError(keys, least, ask)


class People:
    """Another port, of another platform."""

    async def load_authors(self, keys: Sequence[str], ask: Ask) -> Sequence[Any]:
        """Read authors."""
        raise AssertionError(keys, ask)


@strawberry.interface
class Held:
    """What a shelf holds."""

    title: str | None = value("title", zh="题名", en="What it is called.")


@described(zh="作者", en="An author.")
class Author:
    """Read from ``AuthorRecord``."""

    name: str | None = value("name", zh="姓名", en="The name.")
    born: int = value("born", zh="生年", en="The year; always known.")


@described(zh="章", en="A chapter.")
class Chapter:
    """Read from ``ChapterRecord``."""

    title: str | None = value("title", zh="题名", en="What it is called.")
    words: int = value("words", zh="字数", en="How long.")


@described(zh="书", en="A book.", of=BookRecord)
class Book(Held):
    """Read from ``BookRecord``; ``shouted`` has a resolver by hand."""

    id: strawberry.ID = identifier("Book")
    title: str | None = value("title", zh="题名", en="What it is called.")
    pages: int = value("pages", zh="页数", en="How many pages.")
    initial: str | None = value("title", then=lambda title, _: title[0], zh="首字", en="The first letter.")
    price: int | None = value("price", source=Shelf.load_books, zh="价", en="What it costs.")
    weight: int | None = value("weight", source=Shelf.load_books, zh="重", en="How heavy.")
    lent_price: int | None = value(
        "price", source=Shelf.load_books, requires=Requirement(Scope.DUTY_READ), zh="租", en="For some only."
    )
    diary: str | None = value(
        "title",
        requires=Requirement(sees=lambda book, viewer: book.owner == viewer.person_id),
        zh="记",
        en="For its owner.",
    )
    author: Author | None = link(People.load_authors, key="author_key", carried="author", zh="作者", en="Who wrote it.")
    secret_author: Author | None = link(
        People.load_authors, key="author_key", requires=Requirement(Scope.DUTY_READ), zh="匿", en="For some only."
    )
    author_by: Author | None = link(
        People.load_authors,
        key="author_key",
        arguments=(argument("nth", int, zh="次", en="Not 0."),),
        taken=lambda given: (1 // given["nth"],),
        zh="次",
        en="By a number that may not fit.",
    )
    similar: list["Book | None"] | None = links(Shelf.load_books, keys="similar_keys", zh="似", en="Like it.")
    chapters: list[Chapter | None] | None = many(
        Shelf.list_chapters,
        arguments=(argument("least", int, zh="最少", en="No shorter ones.", default=0),),
        taken=lambda given: (given["least"],),
        zh="章",
        en="Its chapters.",
    )

    @strawberry.field
    def shouted(self) -> str | None:
        """By hand."""
        return f"{self.title}!"


@described(zh="带", en="A tape.", of=TapeRecord)
class Tape(Held):
    """Read from ``TapeRecord``."""

    title: str | None = value("title", zh="题名", en="What it is called.")
    minutes: int | None = value(
        "minutes",
        zh="分钟",
        en="How long.",
        deprecated=Deprecated(date(2026, 3, 1), date(2027, 3, 1), zh="请用 seconds", en="Use seconds"),
    )


BOOKS = {"Book": Found(Shelf.load_books, lambda key: BookRecord(key=key, title=None, price=UNSET, author_key="ann"))}


@described(zh="入口", en="Where reading begins.")
class Query:
    """Root fields of the tests."""

    book: Book | None = by_id(BOOKS, zh="书", en="One book.")
    books: list[Book | None] = by_ids(BOOKS, zh="书", en="Some books.")
    held: list[Held | None] = by_ids({**BOOKS, "Tape": Found(Shelf.load_tapes)}, zh="物", en="Books and tapes.")
    shelf: Connection[Book] | None = connection(Shelf.list_books, owner=lambda *_: "all", zh="架", en="The shelf.")
    lent: list[Held | None] = by_ids(
        {**BOOKS, "Tape": Found(Shelf.load_tapes, requires=Requirement(Scope.DUTY_READ))}, zh="借", en="Some only."
    )
    mine: Connection[Book] | None = connection(
        Shelf.list_books, asker=lambda viewer: viewer.person_id, zh="我的", en="One's own."
    )
    my_chapters: list[Chapter | None] | None = many(
        Shelf.list_chapters, taken=lambda _: (0,), asker=lambda viewer: viewer.person_id, zh="我的章", en="One's own."
    )
    me: Author | None = declared(Own(People.load_authors, lambda viewer: viewer.person_id), zh="我", en="Oneself.")


@cache
def graph() -> GraphQLSchema:
    """The schema, built once."""
    built: GraphQLSchema = strawberry.Schema(query=Query, types=[Book, Tape])._schema
    attach_readers(built)
    attach_deprecations(built)
    return built
