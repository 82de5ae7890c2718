"""One of our own services behind the IRS gateway: how it is read and written, whatever its subject.

Reads are by key, by owner in pages, or whole lists; a subject's source is then a few lines: which endpoint, which
shape, for whom. Keys and cursors that cannot be ones of ours are never asked for: they come from outside, and one with
a comma, ``+`` or ``%`` in it would change what is asked or how it is signed (wire-formats B3).
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from connectors.deadline import Deadline
from connectors.errors import BadCursorError, PlatformError
from connectors.freshness import Freshness, ReadRule, Tag
from connectors.lenient import broken_in
from connectors.reading import Reader
from connectors.records.page import Page, PageArgs
from connectors.transport import Answer
from connectors.viewer import Ask
from connectors.zheliban.client import IrsCall, IrsClient
from connectors.zheliban.envelope import data_from
from connectors.zheliban.rows import Shape, page_in, pages_in, record_in, records_in

P = TypeVar("P", bound=msgspec.Struct)
R = TypeVar("R")
Query = Mapping[str, str]
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_ACCOUNT = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_CURSOR = re.compile(r"[A-Za-z0-9_-]{1,200}")
_BATCH = 100


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint:
    """One read of a contract: its operation, its path below the service's root, which kind of answer it gives.

    ``tags``: what drops its answers. ``keys`` is the parameter that takes the keys; ``accounts``: these are accounts on
    the citizen app. ``posted``: a read whose parameters travel as a JSON body, because what people type cannot be
    signed safely in an address.
    """

    operation: str
    path: str
    kind: Freshness
    tags: tuple[Tag, ...] = field(default=(), kw_only=True)
    keys: str = field(default="ids", kw_only=True)
    accounts: bool = field(default=False, kw_only=True)
    posted: bool = field(default=False, kw_only=True)


class IrsService:
    """A component, and the root below which the service answers; ``timeout`` is a write's, in seconds."""

    def __init__(self, client: IrsClient, reader: Reader, component: str, root: str, timeout: float) -> None:
        self.client = client
        self.platform = client.platform
        self.component = component
        self.root = root
        self._reader = reader
        self._timeout = timeout
        self._rules: dict[tuple[Endpoint, int], ReadRule] = {}

    async def keyed(
        self, endpoint: Endpoint, shape: Shape[P, R], keys: Sequence[str], ask: Ask, query: Query | None = None
    ) -> list[R | PlatformError | None]:
        """Read ``GET path?ids=a,b&<query>``: one record per key, None for what is unknown or not to be shown."""
        more = query or {}

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, R | PlatformError]:
            return records_in(
                await self._got(endpoint, {endpoint.keys: ",".join(chunk), **more}, deadline), shape, chunk
            )

        return await self._known(endpoint, keys, ask, fetch, more)

    async def owned(
        self,
        endpoint: Endpoint,
        shape: Shape[P, R],
        keys: Sequence[str],
        page: PageArgs,
        ask: Ask,
        *,
        query: Query | None = None,
    ) -> list[Page[R] | PlatformError]:
        """Read ``GET path?ownerIds=a,b&first=…&<query>``: one page per owner, an empty one for an unknown owner."""
        if _cannot_be(page.after):
            return [self._bad_cursor(endpoint)] * len(keys)
        more = page_params(page) | dict(query or {})

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Page[R] | PlatformError]:
            return pages_in(await self._got(endpoint, {"ownerIds": ",".join(chunk), **more}, deadline), shape, chunk)

        entries = await self._known(endpoint, keys, ask, fetch, more)
        return [empty_page(page) if entry is None else entry for entry in entries]

    async def listed(
        self, endpoint: Endpoint, shape: Shape[P, R], queries: Sequence[Query], page: PageArgs, ask: Ask
    ) -> list[Page[R] | PlatformError]:
        """Read ``path`` with ``first=…&<query>``, or that as a JSON body: one call and one page per query."""
        if _cannot_be(page.after):
            return [self._bad_cursor(endpoint)] * len(queries)
        named = {msgspec.json.encode(sorted(query.items())).decode(): query for query in queries}
        typed = {"first": page.first} | ({"after": page.after} if page.after else {}) | {"withTotal": page.with_total}

        async def fetch(names: list[str], deadline: Deadline) -> Mapping[str, Page[R] | PlatformError]:
            query = named[names[0]]
            if endpoint.posted:
                path = self.root + endpoint.path
                data = await self.client.post(endpoint.operation, self.component, path, {**query, **typed}, deadline)
            else:
                data = await self._got(endpoint, {**query, **page_params(page)}, deadline)
            return {names[0]: page_in(data, shape)}

        entries = await self._reader.read(self._rule(endpoint, 1), list(named), ask, fetch, per=page)
        found = dict(zip(named, entries, strict=True))
        pages = (found[msgspec.json.encode(sorted(query.items())).decode()] for query in queries)
        return [empty_page(page) if entry is None else entry for entry in pages]

    async def write(self, operation: str, path: str, body: Mapping[str, Any], shape: Shape[P, R], ask: Ask) -> R:
        """Send one write, ``body`` with its ``writeId``, and read the row it answers.

        Raises what ``IrsClient.write`` raises; where it was done but what it answered cannot be read, that is an
        ``OutcomeUnknownError`` too: asking again with the same ``writeId`` tells.
        """
        call = IrsCall("POST", self.component, self.root + path, body=msgspec.json.encode(body))
        return await self.sent(operation, call, shape, ask)

    async def sent(self, operation: str, call: IrsCall, shape: Shape[P, R], ask: Ask) -> R:
        """Send one write of whatever form; as ``write``."""

        def read(answer: Answer) -> R:
            record = record_in(data_from(answer), shape)
            if record is None or isinstance(record, PlatformError):
                raise broken_in(self.platform, operation)
            return record

        return await self.client.written(operation, lambda _: call, read, self.deadline(ask))

    def deadline(self, ask: Ask) -> Deadline:
        """The time one call has that nobody else waits for."""
        return ask.deadline.sooner(self._timeout)

    async def probe(self, deadline: Deadline, endpoint: Endpoint) -> None:
        """Ask for a thing that does not exist: a signed read that tells nothing and changes nothing."""
        await self._got(endpoint, {endpoint.keys: "probe"}, deadline)

    async def _got(self, endpoint: Endpoint, query: Query, deadline: Deadline) -> Any:
        return await self.client.get(endpoint.operation, self.component, self.root + endpoint.path, query, deadline)

    async def _known(
        self,
        endpoint: Endpoint,
        keys: Sequence[str],
        ask: Ask,
        fetch: Callable[[list[str], Deadline], Awaitable[Mapping[str, R | PlatformError]]],
        query: Query,
    ) -> list[R | PlatformError | None]:
        """Read as ``Reader.read`` does; what cannot be a key, as a stranger's id may hold, is not asked for."""
        form = _ACCOUNT if endpoint.accounts else _KEY
        possible = list(filter(form.fullmatch, keys))
        rule = self._rule(endpoint, _BATCH)
        entries = await self._reader.read(rule, possible, ask, fetch, per=sorted(query.items()) or None)
        if len(possible) == len(keys):
            return entries
        found = dict(zip(possible, entries, strict=True))
        return [found.get(key) for key in keys]

    def _rule(self, endpoint: Endpoint, batch: int) -> ReadRule:
        """The rule of an endpoint, made once."""
        rule = self._rules.get((endpoint, batch))
        if rule is None:
            rule = self._rules[endpoint, batch] = endpoint.kind.rule(endpoint.operation, batch, endpoint.tags)
        return rule

    def _bad_cursor(self, endpoint: Endpoint) -> PlatformError:
        return BadCursorError(self.platform, endpoint.operation)


def page_params(page: PageArgs) -> dict[str, str]:
    """The page as parameters of a query."""
    cursor = {} if page.after is None else {"after": page.after}
    return {"first": str(page.first)} | cursor | ({"withTotal": "true"} if page.with_total else {})


def empty_page(page: PageArgs) -> Page[Any]:
    """The page of an owner nobody knows, or of which nothing may be told."""
    return Page(edges=(), has_next=False, total=0 if page.with_total else None)


def params_from(**values: object) -> dict[str, str]:
    """What was chosen, as parameters of a query: None is left out, booleans and times as the contracts write them."""
    return {name: _text(value) for name, value in values.items() if value is not None}


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():  # in UTC, as the + of another offset cannot be signed safely
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case _:
            return str(getattr(value, "value", value))


def _cannot_be(cursor: str | None) -> bool:
    return cursor is not None and not _CURSOR.fullmatch(cursor)
