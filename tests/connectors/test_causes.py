"""Why a call failed is told by the error and by what it was raised from."""

import socket
import ssl

import httpx
import pytest

from connectors.causes import CauseKind, cause_of
from connectors.errors import (
    CircuitOpenError,
    NotConfiguredError,
    PlatformError,
    RefusedSignatureError,
    SignInNeededError,
    SlowDownError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.http1.errors import (
    AnswerTooSlowError,
    ConnectTooSlowError,
    LostError,
    UnconnectedError,
    UnresolvedError,
    UntrustedError,
)


def raised(error: PlatformError, *below: BaseException) -> PlatformError:
    """The error as it was raised from others, the nearest first."""
    top: BaseException = error
    for one in below:
        top.__cause__ = one
        top = one
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (raised(UnreachableError("duty", "a"), UnresolvedError("name")), CauseKind.DNS),
        (raised(UnreachableError("duty", "a"), httpx.ConnectError("no"), socket.gaierror()), CauseKind.DNS),
        (raised(UnreachableError("duty", "a"), UnconnectedError("refused")), CauseKind.CONNECT),
        (raised(UnreachableError("duty", "a"), UntrustedError("no")), CauseKind.TLS),
        (raised(UnreachableError("duty", "a"), httpx.ConnectError("no"), ssl.SSLError()), CauseKind.TLS),
        (raised(UnreachableError("duty", "a"), LostError(stale=False)), CauseKind.RESET),
        (raised(TooSlowError("duty", "a"), ConnectTooSlowError("name")), CauseKind.DNS),
        (raised(TooSlowError("duty", "a"), ConnectTooSlowError("connect")), CauseKind.CONNECT),
        (raised(TooSlowError("duty", "a"), AnswerTooSlowError("answer")), CauseKind.SLOW),
        (TooSlowError("duty", "a"), CauseKind.SLOW),
        (UnexpectedAnswerError("duty", "a", "HTTP 503"), CauseKind.HTTP5XX),
        (UnexpectedAnswerError("duty", "a", "no JSON"), CauseKind.GARBAGE),
        (SlowDownError("duty", "a"), CauseKind.QUOTA),
        (SignInNeededError("duty", "a"), CauseKind.AUTH),
        (NotConfiguredError("duty", "a"), CauseKind.NOT_CONFIGURED),
        (CircuitOpenError("duty", "a"), None),
    ],
)
def test_each_failure_has_its_kind(error: PlatformError, kind: CauseKind | None) -> None:
    """What is mended in another place is another kind; what was not asked has none."""
    assert cause_of(error) is kind


def test_a_refused_signature_is_the_clocks_doing_where_they_differ() -> None:
    """Else it is the key's."""
    error = RefusedSignatureError("duty", "a")

    assert cause_of(error, ahead=120.0) is CauseKind.CLOCK
    assert cause_of(error) is CauseKind.AUTH
