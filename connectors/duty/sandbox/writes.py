"""Writes: their bodies read strictly, each done once, and what became of them.

A write carries the caller's ``writeId``. The same id with the same body answers what it answered before; with another
body it is refused (409 ``WRITE_ID_REUSED``). A write that was refused is not done, and its id is still free.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec

from connectors.sandbox.contracted.lists import Row
from connectors.sandbox.contracted.problems import conflict, rejected

Key = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,64}\Z")]
ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
LongText = Annotated[str, msgspec.Meta(min_length=1, max_length=10_000)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
_WRITE_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Actor(msgspec.Struct, rename="camel", frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who acts, by one of their keys: a member, an official by employee code, a citizen by their 浙里办 account."""

    member_id: Key | None = None
    employee_code: Key | None = None
    citizen_id: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.-]{1,128}\Z")] | None = None


class WriteBody(msgspec.Struct, rename="camel", frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every write's body carries; each operation adds its own."""

    write_id: str
    actor: Actor


B = TypeVar("B", bound=WriteBody)


@dataclass(frozen=True, slots=True)
class _Done:
    digest: bytes
    answer: bytes
    row: Row


class Writes:
    """The writes that were done; kept as long as the sandbox runs."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._done: dict[str, _Done] = {}

    def once(self, operation: str, sent: bytes, kind: type[B], do: Callable[[B], Row]) -> bytes:
        """Do it, or answer what it answered before, as JSON. ``do`` answers the row that was made or changed.

        Raises ``ProblemError`` for a body that is none, an id that stands for another write, and what ``do`` raises.
        """
        body = _body_from(sent, kind)
        digest = hashlib.sha256(operation.encode() + msgspec.json.encode(body)).digest()
        done = self._done.get(body.write_id)
        if done is None:
            made = do(body)
            row = {"id": body.write_id, "operation": operation, "doneAt": self._now().isoformat()}
            done = _Done(digest, msgspec.json.encode(made), row | {"entityId": made.get("id")})
            self._done[body.write_id] = done
        if done.digest != digest:
            raise conflict("WRITE_ID_REUSED", "this writeId stands for another write")
        return done.answer

    @property
    def rows(self) -> dict[str, Row]:
        """What was done, by ``writeId``."""
        return {key: done.row for key, done in self._done.items()}


def _body_from(sent: bytes, kind: type[B]) -> B:
    try:
        body = msgspec.json.decode(sent, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise rejected("INVALID_BODY", "the body is not of its form") from error
    if not _WRITE_ID.fullmatch(body.write_id):
        raise rejected("INVALID_BODY", "writeId is 16 to 64 letters, digits, - and _")
    actor = body.actor
    if sum(value is not None for value in (actor.member_id, actor.employee_code, actor.citizen_id)) != 1:
        raise rejected("INVALID_BODY", "actor names one person by one key")
    return body
