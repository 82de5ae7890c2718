"""Fault ``schema_drift``: an interface that changed without telling anybody.

What happens to a key depends on its name alone, as it would after a real change: every row shows the same. Keys that
make an answer an answer (the envelope, a row's own id, cursors) stay, or there would be nothing to tell apart.
"""

import re
import zlib
from collections.abc import Collection
from typing import Any

import msgspec
from starlette.responses import Response

_WAYS = 4  # renamed, missing, of another type, as it was
_ADDED = "addedLater"
_FLAT = re.compile(rb"<(\w+)>([^<]*)</\1>")  # one value of a flat XML answer


class Drift:
    """Changes one platform's answers. ``kept`` are the keys that stay as they are; what they hold may change."""

    def __init__(self, kept: Collection[str] = ()) -> None:
        self._kept = frozenset(kept)

    def shown(self, right: Response) -> Response:
        """The answer after the change; one that is neither a JSON object nor flat XML stays as it is."""
        text = bytes(right.body)
        if text.startswith(b"<?xml"):
            return with_body(right, _FLAT.sub(self._element, text))
        try:
            body = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return right
        if not isinstance(body, dict):
            return right
        return with_body(right, msgspec.json.encode(self._drifted(body)))

    def _drifted(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._drifted(each) for each in value]
        if isinstance(value, str) and value.startswith(("{", "[")):
            return self._drifted_text(value)
        if not isinstance(value, dict):
            return value
        pairs = (pair for key, held in value.items() for pair in self._pair(key, held))
        return dict(pairs) | {_ADDED: {"reason": "nobody was told"}}

    def _drifted_text(self, value: str) -> str:
        """JSON inside a string, which some answers hold their data as."""
        try:
            return msgspec.json.encode(self._drifted(msgspec.json.decode(value))).decode()
        except msgspec.DecodeError:
            return value

    def _element(self, found: re.Match[bytes]) -> bytes:
        """What becomes of one XML element; one of another type holds an element in place of its text."""
        pairs = self._pair(found[1].decode(), found[2].decode())
        return b"".join(f"<{key}>{_as_xml(held)}</{key}>".encode() for key, held in pairs)

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


def _as_xml(held: Any) -> str:
    return "".join(f"<{key}>{text}</{key}>" for key, text in held.items()) if isinstance(held, dict) else str(held)


def _of_another_type(held: Any) -> Any:
    if isinstance(held, str):
        return {"value": held}
    return "n/a" if held is not None else [0]
