"""That somebody asks sign-on too often: said by whoever stands in front, answered here in each endpoint's own form."""

from starlette.requests import HTTPConnection

_SAID = "tongxin.too_often"
_REFUSED = "tongxin.refused"


def say(connection: HTTPConnection, seconds: int) -> None:
    """Have a request refused until so many seconds have passed."""
    connection.scope[_SAID] = seconds


def seconds_to_wait(connection: HTTPConnection) -> int | None:
    """How long a request has to wait; None for any that is answered."""
    seconds = connection.scope.get(_SAID)
    return seconds if isinstance(seconds, int) else None


def note_refusal(connection: HTTPConnection, code: str) -> None:
    """Keep the code a request is refused with, for who counts guesses."""
    connection.scope[_REFUSED] = code


def refusal_noted(connection: HTTPConnection) -> str | None:
    """That code; None where there is none."""
    code = connection.scope.get(_REFUSED)
    return code if isinstance(code, str) else None
