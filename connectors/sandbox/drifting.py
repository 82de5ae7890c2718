"""Fault ``schema_drift``: an interface that changed without telling anybody.

What happens to a key depends on its name alone, as it would after a real change: every row shows the same. Keys that
make an answer an answer (the envelope, a row's own id, cursors) stay, or there would be nothing to tell apart.
"""

import zlib
from collections.abc import Collection
from typing import Any

import msgspec
from starlette.responses import Response

_WAYS = 4  # renamed, missing, of another type, as it was
_ADDED = "addedLater"


class Drift:
    """Changes one platform's answers. ``kept`` are the keys that stay as they are; what they hold may change."""

    def __init__(self, kept: Collection[str] = ()) -> None:
        self._kept = frozenset(kept)

    def shown(self, right: Response) -> Response:
        """The answer after the change; one that is no JSON object stays as it is."""
        try:
            body = msgspec.json.decode(right.body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return right
        if not isinstance(body, dict):
            return right
        return with_body(right, msgspec.json.encode(self._drifted(body)))

    def _drifted(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._drifted(each) for each in value]
        if not isinstance(value, dict):
            return value
        pairs = (pair for key, held in value.items() for pair in self._pair(key, held))
        return dict(pairs) | {_ADDED: {"reason": "nobody was told"}}

    def _pair(self, key: str, held: Any) -> list[tuple[str, Any]]:
        if key in self._kept:
            return [(key, self._drifted(held))]
        match zlib.crc32(key.encode()) % _WAYS:
            case 0:
                return [(f"{key}V2", held)]
            case 1:
                return []
            case 2:
                return [(key, _of_another_type(held))]
            case _:
                return [(key, self._drifted(held))]


def with_body(right: Response, body: bytes) -> Response:
    """The same answer with another body."""
    headers = {name: value for name, value in right.headers.items() if name != "content-length"}
    return Response(body, right.status_code, headers)


def _of_another_type(held: Any) -> Any:
    if isinstance(held, str):
        return {"value": held}
    return "n/a" if held is not None else [0]
