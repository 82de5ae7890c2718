"""How a subject's source reads from such a platform: by key, by owner in pages, whole lists, by owner in a span.

A source is then a few lines: which operation, which path, which shape, for how long it may be kept. Keys that cannot
be ones of this platform are not asked for, cursors that cannot be ones are refused, without a call.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qsl, urlencode

from connectors.contracted.pages import empty_page, lists_in, page_in, page_params, pages_in
from connectors.contracted.payloads import RowPayload
from connectors.contracted.rows import Shape, records_in
from connectors.deadline import Deadline
from connectors.errors import BadCursorError, PlatformError
from connectors.freshness import Freshness, ReadRule, Tag
from connectors.reading import Reader
from connectors.records.page import Page, PageArgs
from connectors.transport import Answer
from connectors.viewer import Ask

P = TypeVar("P", bound=RowPayload)
R = TypeVar("R")
T = TypeVar("T")
Query = Mapping[str, str]
Fetch = Callable[[list[str], Deadline], Awaitable[Mapping[str, R | PlatformError]]]
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
REGION = re.compile(r"[0-9]{6}")
_CURSOR = re.compile(r"[A-Za-z0-9_=-]{1,200}")
_NOTHING: Query = {}


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint:
    """One read of the contract: its operation, its path below ``/api/v1``, which kind of answer it gives.

    ``tags``: what drops its answers. ``keys`` is the parameter that takes the keys, ``form`` what a key must look like
    to be asked for at all.
    """

    operation: str
    path: str
    kind: Freshness
    tags: tuple[Tag, ...] = field(default=(), kw_only=True)
    keys: str = field(default="ids", kw_only=True)
    form: re.Pattern[str] = field(default=_KEY, kw_only=True)


class ContractClient(Protocol):
    """What reads go out by: proves itself, and raises ``PlatformError``."""

    async def read(
        self, operation: str, path: str, query: Mapping[str, str], how: Callable[[Answer], T], deadline: Deadline
    ) -> T:
        """``GET /api/v1<path>?<query>``, and what ``how`` makes of the answer."""


class ContractReads:
    """One connection's; ``batch`` is the most keys one call may carry."""

    def __init__(self, client: ContractClient, reader: Reader, batch: int) -> None:
        self._client = client
        self.platform = reader.platform
        self._reader = reader
        self._batch = batch
        self._rules: dict[tuple[Endpoint, int], ReadRule] = {}

    async def keyed(
        self, endpoint: Endpoint, shape: Shape[P, R], keys: Sequence[str], ask: Ask, query: Query = _NOTHING
    ) -> list[R | PlatformError | None]:
        """Read ``GET path?ids=a,b&<query>``: one record per key, None for what the platform does not know."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, R | PlatformError]:
            asked = {endpoint.keys: ",".join(chunk), **query}
            return await self._asked(endpoint, asked, lambda answer: records_in(answer, shape, chunk), deadline)

        return await self.known(endpoint, keys, ask, fetch, per=query or None)

    async def owned(  # noqa: PLR0917 - what is read, whose, how much of it, for whom
        self,
        endpoint: Endpoint,
        shape: Shape[P, R],
        keys: Sequence[str],
        page: PageArgs,
        ask: Ask,
        query: Query = _NOTHING,
    ) -> list[Page[R] | PlatformError]:
        """Read ``GET path?ownerIds=a,b&first=…&<query>``: one page per owner, an empty one for an unknown owner."""
        if self._cannot_be(page.after):
            return [self._bad_cursor(endpoint)] * len(keys)
        wanted = page_params(page) | dict(query)

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Page[R] | PlatformError]:
            asked = {"ownerIds": ",".join(chunk), **wanted}
            return await self._asked(endpoint, asked, lambda answer: pages_in(answer, shape, chunk), deadline)

        entries = await self.known(endpoint, keys, ask, fetch, per=wanted)
        return [empty_page(page) if entry is None else entry for entry in entries]

    async def listed(
        self, endpoint: Endpoint, shape: Shape[P, R], queries: Sequence[Query], page: PageArgs, ask: Ask
    ) -> list[Page[R] | PlatformError]:
        """Read ``GET path?first=…&<query>``: one call and one page per query."""
        if self._cannot_be(page.after):
            return [self._bad_cursor(endpoint)] * len(queries)

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Page[R] | PlatformError]:
            asked = dict(parse_qsl(chunk[0], keep_blank_values=True)) | page_params(page)
            return {chunk[0]: await self._asked(endpoint, asked, lambda answer: page_in(answer, shape), deadline)}

        names = [urlencode(sorted(query.items())) for query in queries]
        entries = await self._reader.read(self._rule(endpoint, 1), names, ask, fetch, per=page_params(page))
        return [empty_page(page) if entry is None else entry for entry in entries]

    async def short(
        self, endpoint: Endpoint, shape: Shape[P, R], keys: Sequence[str], ask: Ask, query: Query = _NOTHING
    ) -> list[tuple[R, ...] | PlatformError]:
        """Read ``GET path?ownerIds=a,b&<query>``: each owner's whole list, which is short by nature or by a span."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, Any]:
            asked = {"ownerIds": ",".join(chunk), **query}
            return await self._asked(endpoint, asked, lambda answer: lists_in(answer, shape, chunk), deadline)

        entries = await self.known(endpoint, keys, ask, fetch, per=query or None)
        return [() if entry is None else entry for entry in entries]

    async def known(
        self, endpoint: Endpoint, keys: Sequence[str], ask: Ask, fetch: Fetch[R], *, per: object = None
    ) -> list[R | PlatformError | None]:
        """Read as ``Reader.read`` does, without asking for keys that cannot be ones of this platform.

        Keys come from outside, and one with a comma in it would change what the others of its chunk ask.
        """
        possible = list(filter(endpoint.form.fullmatch, keys))
        rule = self._rule(endpoint, self._batch)
        decides = sorted(per.items()) if isinstance(per, Mapping) else per
        entries = await self._reader.read(rule, possible, ask, fetch, per=decides)
        if len(possible) == len(keys):
            return entries
        found = dict(zip(possible, entries, strict=True))
        return [found.get(key) for key in keys]

    def _asked(self, endpoint: Endpoint, query: Query, how: Callable[[Answer], T], deadline: Deadline) -> Awaitable[T]:
        return self._client.read(endpoint.operation, endpoint.path, query, how, deadline)

    def _rule(self, endpoint: Endpoint, batch: int) -> ReadRule:
        """The rule of an endpoint, made once."""
        rule = self._rules.get((endpoint, batch))
        if rule is None:
            rule = self._rules[endpoint, batch] = endpoint.kind.rule(endpoint.operation, batch, endpoint.tags)
        return rule

    @staticmethod
    def _cannot_be(cursor: str | None) -> bool:
        return cursor is not None and not _CURSOR.fullmatch(cursor)

    def _bad_cursor(self, endpoint: Endpoint) -> PlatformError:
        return BadCursorError(self.platform, endpoint.operation, upstream_code="INVALID_CURSOR")


def moment_text(moment: datetime) -> str:
    """A time as a parameter: UTC with ``Z``, since a ``+`` cannot be signed safely (wire-formats B3)."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
