"""The headers of one request, read as often as needed and parsed once."""

from collections.abc import Iterable

_MOST_RANGES = 64


class Headers:
    """By lower-case name, in the order they came."""

    def __init__(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1").strip())

    def all(self, name: str) -> list[str]:
        """Every value given under that name."""
        return self._values.get(name, [])

    def joined(self, name: str) -> str | None:
        """The values as one list (RFC 9110 section 5.3); None where the header is absent."""
        values = self._values.get(name)
        return ", ".join(values) if values else None

    def sole(self, name: str) -> str | None:
        """The value of a header that may stand only once; None where it is absent or stands twice."""
        values = self._values.get(name, [])
        return values[0] if len(values) == 1 else None


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
