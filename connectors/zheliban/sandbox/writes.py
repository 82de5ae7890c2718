"""Writes that happen once: each carries its caller's id, and the same id answers the same again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import msgspec

from connectors.sandbox.app import Handler
from connectors.zheliban.sandbox.answering import WRITE_ID_REUSED, Answering, RefusedError
from connectors.zheliban.sandbox.parameters import Parameters
from connectors.zheliban.sandbox.studios.asked import moment_of

W = TypeVar("W", bound="WriteBody")
WriteId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
Key = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Account = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.-]{1,128}$")]
Note = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of what is posted: names we do not know are refused."""


class By(Body, frozen=True):
    """Who acts: a citizen's account, a member, an official by employee code with what they are."""

    userId: Account | None = None  # noqa: N815 - the contract's spelling
    memberId: Key | None = None  # noqa: N815 - as above
    employeeCode: Key | None = None  # noqa: N815 - as above
    roles: tuple[str, ...] = ()

    @property
    def staff(self) -> bool:
        """Whether a committee's office acts."""
        return self.employeeCode is not None and "STAFF" in self.roles

    @property
    def moderator(self) -> bool:
        """Whether somebody acts who may publish."""
        return self.staff or (self.employeeCode is not None and "MODERATOR" in self.roles)


class WriteBody(Body, frozen=True):
    """The base of all writes."""

    writeId: WriteId  # noqa: N815 - as above


Write = Callable[[Any], Any]
"""Does one write, whose body it is handed, and answers the envelope's data."""


@dataclass(frozen=True, slots=True)
class _Done:
    operation: str
    digest: bytes
    at: float
    answer: Any


class WriteBook:
    """Which writes of one service were done, and what each answered."""

    def __init__(self, answering: Answering, now: Callable[[], float]) -> None:
        self._answering = answering
        self._now = now
        self._done: dict[str, _Done] = {}
        self.writes = answering.reading(self._rows, ("ids",))

    def writing(self, operation: str, do: Callable[[W], Any], shape: type[W]) -> Handler:
        """A handler of a write: ``do`` happens once and answers the envelope's data; a refusal leaves no trace."""

        def once(body: W) -> Any:
            return self.once(operation, body.writeId, msgspec.json.encode(body), lambda: do(body))

        return self._answering.posting(once, shape)

    def once(self, operation: str, write_id: str, told: bytes, do: Callable[[], Any]) -> Any:
        """Do it, or answer as before where that id was told the same; else raises ``RefusedError``."""
        digest = hashlib.sha256(operation.encode() + b"\n" + told).digest()
        done = self._done.get(write_id)
        if done is None:
            answer = msgspec.json.decode(msgspec.json.encode(do()))  # as it is now, whatever changes later
            done = self._done[write_id] = _Done(operation, digest, self._now(), answer)
        elif done.digest != digest:
            raise RefusedError(WRITE_ID_REUSED, "writeId 已用于另一次写入")
        return done.answer

    def _rows(self, sent: Parameters) -> Any:
        found = ((key, self._done[key]) for key in sent.keys("ids") if key in self._done)
        return {
            "items": [
                {"id": key, "operation": done.operation, "doneAt": moment_of(done.at), "answer": done.answer}
                for key, done in found
            ]
        }
