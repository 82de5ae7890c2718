"""What is behind a failed call, told by the error and by what raised it on the wire: the kind of cause, not its words.

Told apart is what an operator mends in another place: a name that is not found is nobody's certificate, and neither is
a slow answer. No I/O; called where a call failed, never where one went well.
"""

import enum
import socket
import ssl
from collections.abc import Iterator

import httpx

from connectors.errors import (
    NotConfiguredError,
    PlatformError,
    RefusedSignatureError,
    SignInNeededError,
    SlowDownError,
    TooSlowError,
    UnreachableError,
)
from connectors.http1.errors import ConnectTooSlowError, UnconnectedError, UnresolvedError, UntrustedError

CLOCK_SECONDS = 5.0
"""From which difference of the clocks on a refused signature is the clock's doing (see ``clock.py``)."""
SERVER_ERROR = "HTTP 5"
"""How ``transport.py`` begins the detail of a 5xx."""


class CauseKind(enum.StrEnum):
    """Why calls fail."""

    DNS = "dns"  # the host's name is not found, or not in time
    CONNECT = "connect"  # nobody listens there, or no way there
    TLS = "tls"  # its certificate is not taken, or no common version
    RESET = "reset"  # the connection breaks before the answer is whole
    AUTH = "auth"  # our key, secret or token is not taken
    CLOCK = "clock"  # the same, while the clocks differ
    SLOW = "slow"  # no whole answer in time
    HTTP5XX = "http5xx"  # its own error
    GARBAGE = "garbage"  # an answer in no form we know
    QUOTA = "quota"  # it says that we call too often
    NOT_CONFIGURED = "not_configured"  # nobody set it up


NETWORK = frozenset({CauseKind.DNS, CauseKind.CONNECT, CauseKind.TLS, CauseKind.RESET})
"""What keeps a call from being answered at all, wherever between here and there."""

_BY_ERROR: tuple[tuple[type[PlatformError], CauseKind], ...] = (
    (NotConfiguredError, CauseKind.NOT_CONFIGURED),
    (SlowDownError, CauseKind.QUOTA),
    (SignInNeededError, CauseKind.AUTH),
)


def cause_of(error: PlatformError, ahead: float = 0.0) -> CauseKind | None:
    """The kind; ``ahead`` is how far the platform's clock is before ours. None where nothing was asked at all."""
    if not error.asked:
        return None
    for kind, cause in _BY_ERROR:
        if isinstance(error, kind):
            return cause
    if isinstance(error, RefusedSignatureError):
        return CauseKind.CLOCK if abs(ahead) > CLOCK_SECONDS else CauseKind.AUTH
    if isinstance(error, TooSlowError):
        return _late(error)
    if isinstance(error, UnreachableError):
        return _unreachable(error)
    return CauseKind.HTTP5XX if error.detail.startswith(SERVER_ERROR) else CauseKind.GARBAGE


def _late(error: TooSlowError) -> CauseKind:
    for below in _chain(error):
        if isinstance(below, ConnectTooSlowError):
            return CauseKind.DNS if "name" in below.args else CauseKind.CONNECT
        if isinstance(below, httpx.ConnectTimeout):
            return CauseKind.CONNECT
    return CauseKind.SLOW


def _unreachable(error: UnreachableError) -> CauseKind:
    chain = tuple(_chain(error))
    if any(isinstance(below, (UnresolvedError, socket.gaierror)) for below in chain):
        return CauseKind.DNS
    if any(isinstance(below, (UntrustedError, ssl.SSLError)) for below in chain):
        return CauseKind.TLS
    connect = any(isinstance(below, (UnconnectedError, httpx.ConnectError)) for below in chain)
    return CauseKind.CONNECT if connect or len(chain) == 1 else CauseKind.RESET


def _chain(error: BaseException) -> Iterator[BaseException]:
    """It, and what it was raised from."""
    below: BaseException | None = error
    while below is not None:
        yield below
        below = below.__cause__ or below.__context__
