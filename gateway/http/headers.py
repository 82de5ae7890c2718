"""The headers of one request: found at once, decoded when asked for."""

from collections.abc import Sequence

from starlette.types import Scope

_KEY = "tongxin.headers"
_MOST_RANGES = 64


class Headers:
    """By lower-case name, in the order they came.

    ASGI servers give names in lower case and callers send most headers once: then a request costs one dictionary.
    """

    __slots__ = ("_pairs", "_sole")

    def __init__(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        sole = dict(pairs)
        if not b"".join(sole).islower():  # ASGI: "should be lowercased, but it is not required"
            pairs = [(name.lower(), value) for name, value in pairs]
            sole = dict(pairs)
        self._sole = sole
        self._pairs = pairs if len(sole) < len(pairs) else None

    def all(self, name: str) -> list[str]:
        """Every value given under that name."""
        key = name.encode()
        if self._pairs is not None:
            return [_text(value) for known, value in self._pairs if known == key]
        value = self._sole.get(key)
        return [] if value is None else [_text(value)]

    def joined(self, name: str) -> str | None:
        """The values as one list (RFC 9110 section 5.3); None where the header is absent."""
        if self._pairs is None:
            value = self._sole.get(name.encode())
            return None if value is None else _text(value)
        values = self.all(name)
        return ", ".join(values) if values else None

    def sole(self, name: str) -> str | None:
        """The value of a header that may stand only once; None where it is absent or stands twice."""
        if self._pairs is None:
            value = self._sole.get(name.encode())
            return None if value is None else _text(value)
        values = self.all(name)
        return values[0] if len(values) == 1 else None


def headers_of(scope: Scope) -> Headers:
    """The request's headers, looked through once."""
    headers = scope.get(_KEY)
    if not isinstance(headers, Headers):
        headers = scope[_KEY] = Headers(scope["headers"])
    return headers


def _text(value: bytes) -> str:
    return value.decode("latin-1").strip()


def weighted(value: str) -> list[tuple[str, float]]:
    """Read a list with weights (RFC 9110 section 12.4.2): each member in lower case, and its ``q``.

    A member with a weight that is none is left out; so is everything behind the first 64.
    """
    members: list[tuple[str, float]] = []
    for part in value.split(",", _MOST_RANGES)[:_MOST_RANGES]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = _quality_of(parameters)
        if name and quality is not None:
            members.append((name, quality))
    return members


def _quality_of(parameters: list[str]) -> float | None:
    for parameter in parameters:
        key, _, text = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = float(text)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0
