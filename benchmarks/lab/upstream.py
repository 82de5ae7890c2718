"""A platform of the lab: plain JSON lists over HTTP, no proof, no envelope. What a platform's client and reads are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from operator import attrgetter
from typing import Any, Generic, TypeVar

import msgspec

from benchmarks.lab.records import Row
from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import PlatformError, UnexpectedAnswerError
from connectors.lenient import NOT_THE_FORM, broken_in, row_from, values_in
from connectors.projection import projected
from connectors.reading import Reader, ReadRule
from connectors.transport import Call, Transport
from connectors.viewer import Ask

R = TypeVar("R", bound=Row)
Wanted = frozenset[str] | None
Request = Callable[[str], tuple[str, bytes | None]]
"""The keys of one call, joined by commas, to its path with the query, and the body of a POST."""

_TIMEOUT = 2.0
_HEADERS: tuple[Mapping[str, str], Mapping[str, str]] = ({"Content-Type": "application/json"}, {})
"""With a body, without one."""


@dataclass(frozen=True, slots=True, eq=False)
class Listing(Generic[R]):
    """A read: by which rule, of which rows, and the attribute ``key`` that says whose or which a row is."""

    rule: ReadRule
    shape: type[R]
    key: str | None = None


class Upstream:
    """One platform in use; lives as long as the process. ``fresh_for``: seconds its answers may be kept."""

    def __init__(self, name: str, base_url: str, cache: Cache, fresh_for: float) -> None:
        self.name = name
        self.transport = Transport(name)
        self._base_url = base_url
        self._reader = Reader(name, cache, _TIMEOUT, self.transport.guard)
        self._fresh_for = fresh_for

    def listing(self, operation: str, shape: type[R], key: str | None = None, *, batch: int = 1000) -> Listing[R]:
        """One of its reads; ``batch``: most keys one call may carry."""
        return Listing(ReadRule(operation, batch, self._fresh_for), shape, key)

    async def by_key(
        self, listing: Listing[R], keys: Sequence[Any], ask: Ask, request: Request
    ) -> list[R | PlatformError | None]:
        """One row per key."""

        async def fetch(asked: list[Any], deadline: Deadline) -> Mapping[Any, R]:
            rows = await self._rows(listing, ask.wanted, request(",".join(map(str, asked))), deadline)
            return dict(zip(_keys_of(listing, rows), rows, strict=True))

        return await self._reader.read(listing.rule, keys, ask, fetch, per=_chosen(ask.wanted))

    async def by_owner(
        self, listing: Listing[R], keys: Sequence[Any], ask: Ask, request: Request, *more: Any
    ) -> list[tuple[R, ...] | PlatformError]:
        """A list per owner. ``more`` decides the answer besides the keys."""

        async def fetch(asked: list[Any], deadline: Deadline) -> Mapping[Any, tuple[R, ...]]:
            rows = await self._rows(listing, ask.wanted, request(",".join(map(str, asked))), deadline)
            lists: dict[Any, list[R]] = defaultdict(list)
            for owner, row in zip(_keys_of(listing, rows), rows, strict=True):
                lists[owner].append(row)
            return {owner: tuple(rows) for owner, rows in lists.items()}

        none: tuple[R, ...] = ()
        per = (_chosen(ask.wanted), *more)
        found = await self._reader.read(listing.rule, keys, ask, fetch, per=per, empty=none)
        return [() if entry is None else entry for entry in found]

    async def whole(
        self, listing: Listing[R], keys: Sequence[Any], ask: Ask, request: Request
    ) -> list[tuple[R, ...] | PlatformError]:
        """A list per key, a call each: the listing's ``batch`` is 1."""

        async def fetch(asked: list[Any], deadline: Deadline) -> Mapping[Any, tuple[R, ...]]:
            return {asked[0]: tuple(await self._rows(listing, ask.wanted, request(str(asked[0])), deadline))}

        none: tuple[R, ...] = ()
        per = _chosen(ask.wanted)
        found = await self._reader.read(listing.rule, keys, ask, fetch, per=per, empty=none)
        return [() if entry is None else entry for entry in found]

    async def _rows(
        self, listing: Listing[R], wanted: Wanted, request: tuple[str, bytes | None], deadline: Deadline
    ) -> list[R]:
        """One call. Every one is a read: it may be repeated where a kept connection turns out to be closed."""
        operation, shape = listing.rule.operation, listing.shape
        path, body = request
        call = Call(
            "GET" if body is None else "POST", self._base_url + path, _HEADERS[body is None], body, idempotent=True
        )
        with self.transport.guard.call(operation):
            answer = await self.transport.call(operation, call, deadline)
            if answer.status != HTTPStatus.OK:
                raise UnexpectedAnswerError(self.name, operation, f"HTTP {answer.status}")
            try:
                rows: list[R] = _decoder(shape, wanted, listing.key).decode(answer.body)
            except NOT_THE_FORM:
                broken = broken_in(self.name, operation)
                values = values_in(answer.body, broken)
                return [row_from(value, shape, broken) for value in values if isinstance(value, dict)]
            return rows


def _keys_of(listing: Listing[Any], rows: Sequence[Row]) -> Iterable[Any]:
    return map(attrgetter(listing.key or "id"), rows)


@lru_cache(maxsize=1024)
def _decoder(shape: type[R], wanted: Wanted, key: str | None) -> msgspec.json.Decoder[Any]:
    """Made once: to make one costs more than to read a small list by it."""
    return msgspec.json.Decoder(list[projected(shape, wanted, key)])  # type: ignore[misc]  # a type made at run time


@lru_cache(maxsize=1024)
def _chosen(wanted: Wanted) -> str | None:
    """Which attributes a row holds, as part of its name where it is shared or kept."""
    return None if wanted is None else ",".join(sorted(wanted))
