"""Reads the parameters of a request: bounded in size, number and time, each at most once (RFC 6749 section 3.2)."""

from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from auth.bodies import FORM, OtherKindError, TooLargeError, TooLateError, read_body
from auth.refusals import OAuthError, Refusal

_MAX_PARAMETERS = 50


class Form:
    """The parameters that have a value; one without is as good as left out."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def get(self, name: str) -> str | None:
        """A parameter's value, None where it was not sent."""
        return self._values.get(name)

    def required(self, name: str) -> str:
        """A parameter's value; raises ``OAuthError`` where it was not sent."""
        value = self._values.get(name)
        if value is None:
            raise OAuthError(Refusal.INCOMPLETE)
        return value


async def form_of(request: Request) -> Form:
    """Read the form of a request; what stands in the address counts for nothing. Raises ``OAuthError``."""
    return form_from(await body_of(request))


async def body_of(request: Request, kind: str = FORM, otherwise: Refusal = Refusal.NOT_A_FORM) -> bytes:
    """Read the body of a form, or of another ``kind``, as it came; raises ``OAuthError``."""
    try:
        return await read_body(request, kind)
    except OtherKindError as error:
        raise OAuthError(otherwise) from error
    except TooLargeError as error:
        raise OAuthError(Refusal.TOO_LARGE) from error
    except TooLateError as error:
        raise OAuthError(Refusal.TOO_LATE) from error


def form_from(body: bytes, *, several: Collection[str] = ()) -> Form:
    """Read the body of a form; only parameters in ``several`` may come more than once. Raises ``OAuthError``."""
    if body.count(b"&") >= _MAX_PARAMETERS:
        raise OAuthError(Refusal.TOO_LARGE)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise OAuthError(Refusal.NOT_A_FORM) from error
    names = [name for name, _ in pairs if name not in several]
    if len(set(names)) < len(names):
        raise OAuthError(Refusal.REPEATED)
    return Form({name: value for name, value in pairs if value})
