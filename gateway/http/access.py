"""One access line per request, written when it ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

import msgspec
from starlette.types import Scope

from gateway.execution.operation import GraphQLRequest, ReadAt
from gateway.http.headers import headers_of
from gateway.http.trace import Parent, new_trace_id, parent_of
from gateway.lines import current

KEY = "tongxin.access"
_UNKNOWN = 404  # such a path may say anything
_FAILED = 400
_LONGEST = 16 * 1024
_DOCUMENTS = 1024  # at most 16 MiB of texts
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,63}", re.ASCII)
_HEAD = re.compile(r"\s*(?:query|mutation|subscription)\s+([_A-Za-z][_0-9A-Za-z]*)", re.ASCII)
_AREA = re.compile(r"/([a-z.-]{1,32})(?:/|$)", re.ASCII)


@dataclass(slots=True)
class AccessEntry:
    """What the line will say; the endpoint fills it in. ``document`` is the SHA-256 of the query's text, in hex.

    ``streamed``: answered by events for as long as somebody listened, which is no measure of how fast we are.
    ``counted``: by the limits over time, under whatever name. ``parent``: the caller's span; ``span_id``: our own,
    where the request is traced. ``reads``: what its answer was made of.
    """

    trace_id: str
    parent: Parent | None = None
    operation: str | None = None
    document: str | None = None
    errors: list[str] = field(default_factory=list)
    streamed: bool = False
    counted: bool = False
    span_id: int | None = None
    reads: Sequence[ReadAt] = ()

    def of(self, request: GraphQLRequest) -> None:
        """Note which operation runs: its name as far as it is a name, and its document's hash, never its text."""
        known = _known if len(request.query) <= _LONGEST else _named
        self.operation, self.document = known(request.query)
        if request.operation_name:
            self.operation = request.operation_name
        if self.operation is not None and not _NAME.fullmatch(self.operation):
            self.operation = "?"


def entry_of(scope: Scope) -> AccessEntry:
    """The request's entry: the one the access log waits for, or a new one where none does."""
    entry = scope.get(KEY)
    if not isinstance(entry, AccessEntry):
        parent = parent_of(headers_of(scope))
        entry = scope[KEY] = AccessEntry(new_trace_id() if parent is None else parent.trace_id, parent)
    return entry


class _Line(msgspec.Struct, omit_defaults=True):
    """As structlog writes a line: the facts, then event, level and time."""

    trace_id: str
    status: int
    ms: float
    area: str
    time: datetime
    operation: str | msgspec.UnsetType = msgspec.UNSET
    document: str | msgspec.UnsetType = msgspec.UNSET
    errors: list[str] | msgspec.UnsetType = msgspec.UNSET
    span_id: str | msgspec.UnsetType = msgspec.UNSET


_encode = msgspec.json.Encoder().encode


def write_line(scope: Scope, entry: AccessEntry, status: int, seconds: float) -> None:
    """Tell of a request that ended; a line about a failure goes out at once.

    A line holds time, trace id (where the request is traced its span's id, too), area (the path's first part; what
    follows may be a secret), status, milliseconds and, for GraphQL, operation, document hash and error codes. Never
    query text, variables, tokens or persons.
    """
    lines = current()
    if not lines.access:
        return
    area = _AREA.match(scope["path"])
    line = _Line(
        entry.trace_id,
        status,
        round(seconds * 1000, 2),
        area[1] if area and status != _UNKNOWN else "other",
        datetime.now(UTC),
    )
    if entry.document is not None:
        line.operation, line.document = entry.operation or "", entry.document
    if entry.errors:
        line.errors = sorted(set(entry.errors))
    if entry.span_id is not None:
        line.span_id = f"{entry.span_id:016x}"
    text = b'{"event":"request","level":"info",' + _encode(line)[1:] + b"\n"
    if entry.errors or status >= _FAILED:
        lines.write(text)
        lines.flush()
    else:
        lines.gather(text)


def _named(query: str) -> tuple[str | None, str]:
    head = _HEAD.match(query)
    return head[1] if head else None, sha256(query.encode("utf-8", "replace")).hexdigest()


_known = lru_cache(maxsize=_DOCUMENTS)(_named)
