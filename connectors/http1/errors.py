"""What can go wrong on the wire.

WireError
├── RefusedRequestError     the request would not be one request: ours to mend
├── NotSentError            no connection: nothing was sent
│   ├── UnresolvedError     the host's name is not known
│   ├── UnconnectedError    nobody listens, or no way there
│   ├── UntrustedError      TLS: not the host it should be, or no common ground
│   ├── ConnectTooSlowError no connection in its time
│   └── PoolTooSlowError    all connections were in use until the deadline
├── LostError               the connection broke before the answer was whole
├── AnswerTooSlowError      the deadline passed first
├── MalformedError          what came is no answer
└── TooLargeError           it is larger than is taken

Their words name no host: they go to logs.
"""


class WireError(Exception):
    """A call brought no whole answer."""


class RefusedRequestError(WireError):
    """A target, method or header that would be read as something else on the other side."""


class NotSentError(WireError):
    """No connection was had, so nothing was sent."""


class UnresolvedError(NotSentError):
    """The host's name is not known."""


class UnconnectedError(NotSentError):
    """Nobody listens there, there is no way, or this client was closed."""


class UntrustedError(NotSentError):
    """TLS failed: a certificate nobody vouches for or of another host, or no common version."""


class ConnectTooSlowError(NotSentError):
    """No connection within the time for connecting, or before the deadline."""


class PoolTooSlowError(NotSentError):
    """Every connection was in use until the deadline."""


class LostError(WireError):
    """The connection ended before the answer was whole.

    ``stale``: it had carried an answer before and not a byte of this one came, so the other side had most likely
    closed it before our request arrived.
    """

    def __init__(self, *, stale: bool) -> None:
        super().__init__("connection lost")
        self.stale = stale


class AnswerTooSlowError(WireError):
    """The deadline passed before the answer was whole."""


class MalformedError(WireError):
    """What came is no answer, or none that can be told apart from what follows it."""


class TooLargeError(WireError):
    """The answer is larger than is taken, as it came or decompressed."""
