"""What a platform answered to one call, not yet understood."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from connectors.errors import UnexpectedAnswerError

Fields = Sequence[tuple[bytes, bytes]]


class Answer:
    """What came back: status, headers (lower-case names) and the whole body.

    Headers may be handed in as they came; they are read when somebody asks, which is rare. Lines of one name are one
    value, joined by commas.
    """

    __slots__ = ("_headers", "body", "operation", "platform", "status")

    def __init__(
        self, platform: str, operation: str, status: int, headers: Mapping[str, str] | Fields, body: bytes
    ) -> None:
        self.platform = platform
        self.operation = operation
        self.status = status
        self._headers = headers
        self.body = body

    def __repr__(self) -> str:
        return f"Answer(platform={self.platform!r}, operation={self.operation!r}, status={self.status!r})"

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers by lower-case name."""
        headers = self._headers
        if isinstance(headers, dict):  # an abstract class costs more to ask for than all else here
            return headers
        if not isinstance(headers, Mapping):
            headers = self._headers = _headers_from(headers)
        return headers

    def json(self) -> Any:
        """Read the body as JSON; raises ``UnexpectedAnswerError`` when it is none."""
        return self.decoded(Any)

    def decoded(self, shape: Any) -> Any:
        """Read the body as JSON of that msgspec type; raises ``UnexpectedAnswerError`` when it is not."""
        try:
            return _decoder(shape).decode(self.body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise UnexpectedAnswerError(self.platform, self.operation, f"HTTP {self.status}, not the form") from error


def _headers_from(fields: Fields) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_value in fields:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


@cache  # as many as there are payload types in the code
def _decoder(shape: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape, strict=False)
