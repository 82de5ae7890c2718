"""Login codes nobody has handed in yet, of the in-app bridge and of the QR page: each can be used once (A4.2, A4.3)."""

import secrets
from collections import OrderedDict
from collections.abc import Callable

_SECONDS = 300.0
_MOST = 10_000


class CodeBook:
    """Codes by the person they stand for; ``clock`` in seconds since 1970. Bounded: the oldest go first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._codes: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def issue(self, person_id: str) -> str:
        """A code for that person."""
        code = secrets.token_hex(16)
        self._codes[code] = (self._clock() + _SECONDS, person_id)
        if len(self._codes) > _MOST:
            self._codes.popitem(last=False)
        return code

    def used(self, code: str) -> str | None:
        """Whose code it was; it is used up. None for one that is unknown, used or ended."""
        ends, person_id = self._codes.pop(code, (0.0, ""))
        return person_id if self._clock() < ends else None
