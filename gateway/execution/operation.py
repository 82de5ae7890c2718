"""What goes into the executor and what comes out, whichever engine runs it."""

import enum
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec
from graphql import GraphQLError

from connectors.provenance import Provenance
from connectors.viewer import Ask
from schema.deprecated import Deprecated


class Language(enum.StrEnum):
    """The languages errors and descriptions are written in."""

    EN = "en"
    ZH = "zh"


class GraphQLRequest(msgspec.Struct, frozen=True, gc=False):
    """The parameters of a GraphQL request (GraphQL over HTTP, "Request parameters"), well formed."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None


class Caller(msgspec.Struct, frozen=True, gc=False):
    """Around the request: who asks until when, in which language, under which trace; ``may_write`` not by GET.

    ``explain``: the answer is to tell where its data comes from; only for who holds ``ops:read``.
    ``idempotency_key``: the header of that name.
    """

    ask: Ask
    language: Language
    trace_id: str
    may_write: bool
    explain: bool = False
    idempotency_key: str | None = None


class ReadAt(msgspec.Struct, frozen=True, gc=False):
    """A read of a source, and the place in the answer it was made for, list positions left out."""

    path: tuple[str, ...]
    provenance: Provenance


class Cost(msgspec.Struct, frozen=True, gc=False):
    """What an operation costs, in points: ``estimated`` before it runs, ``actual`` by what it came to."""

    estimated: int
    actual: int


class Spoiled(NamedTuple):
    """A field, ``Type.field``, that a platform's illness left empty or filled with old data, in so many places."""

    platform: str
    field: str
    stale: bool
    times: int


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """The answer before it gets its words. Not ``executed``: refused by parsing, validation or limits; no data.

    ``data`` is JSON already where a plan made it. ``reads``: every read of a source it took, in the order they ended.
    ``deprecated``: what the operation uses that goes away, by schema coordinates. ``spoiled``: what ill platforms left
    empty or old.
    """

    executed: bool
    data: dict[str, Any] | msgspec.Raw | None = None
    errors: tuple[GraphQLError, ...] = ()
    extensions: dict[str, Any] = msgspec.field(default_factory=dict)
    reads: tuple[ReadAt, ...] = ()
    cost: Cost | None = None
    deprecated: tuple[tuple[str, Deprecated], ...] = ()
    spoiled: tuple[Spoiled, ...] = ()


Execute = Callable[[GraphQLRequest, Caller], Awaitable[Outcome]]
"""Runs one request. Never raises for bad input; ``NotAllowedByMethodError`` when a GET asks to write."""


class NotAllowedByMethodError(Exception):
    """A GET asked for something other than a query (GraphQL over HTTP: 405)."""
