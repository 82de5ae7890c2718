"""What was written, by the caller's idempotency id, and what each write was answered."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.zhezhengding.office.codes import WRITE_ID_REUSED
from connectors.zhezhengding.sandbox.envelopes import FailedError

_MOST = 10_000

Sent = tuple[tuple[str, str], ...]
"""A write's whole body, sorted."""


@dataclass(frozen=True, slots=True)
class _Written:
    operation: str
    sent: Sent
    at: datetime
    answer: dict[str, Any]


class Writes:
    """The latest ten thousand; lives as long as the sandbox."""

    def __init__(self) -> None:
        self._written: OrderedDict[str, _Written] = OrderedDict()

    def once(
        self, write_id: str, operation: str, sent: Sent, at: datetime, do: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """Do it, or answer what it was answered before; ``FailedError`` when the id stands for another write."""
        known = self._written.get(write_id)
        if known is not None:
            if (known.operation, known.sent) != (operation, sent):
                raise FailedError(WRITE_ID_REUSED, "writeId stands for another write")
            return known.answer
        answer = do()
        self._written[write_id] = _Written(operation, sent, at, answer)
        if len(self._written) > _MOST:
            self._written.popitem(last=False)
        return answer

    def told(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """What became of writes; those that never came are left out."""
        known = ((one, self._written[one]) for one in ids if one in self._written)
        return [
            {"writeId": one, "operation": w.operation, "at": w.at.isoformat(), "answer": w.answer} for one, w in known
        ]
