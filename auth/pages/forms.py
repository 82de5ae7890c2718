"""Reads what a form sent: bounded in size, number and time."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from starlette.requests import Request

from auth.bodies import BodyError, read_body
from auth.pages.troubles import PageError, Trouble

_MAX_FIELDS = 100


class Form:
    """The fields that were filled in; unlike an OAuth request's, one may stand several times (check boxes)."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.pairs = [(name, value) for name, value in pairs if value]

    def get(self, name: str) -> str | None:
        """A field's value; None where it was not sent, or more than once."""
        values = self.all(name)
        return values[0] if len(values) == 1 else None

    def all(self, name: str) -> list[str]:
        """All values sent under a name."""
        return [value for known, value in self.pairs if known == name]

    def required(self, name: str) -> str:
        """A field's value; raises ``PageError`` where it was not sent: no page of ours leaves it out."""
        value = self.get(name)
        if value is None:
            raise PageError(Trouble.BAD_FORM)
        return value


async def read_form(request: Request) -> Form:
    """Read the body of a request; what stands in the address counts for nothing. Raises ``PageError``."""
    try:
        text = (await read_body(request)).decode("ascii")
        return Form(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS))
    except (BodyError, ValueError) as error:  # UnicodeDecodeError, too many fields
        raise PageError(Trouble.BAD_FORM) from error
