"""Passes over offers to speak another protocol, as RFC 9110 section 7.8 lets a server do.

Java's ``HttpClient`` offers HTTP/2 on every plain connection (``Upgrade: h2c``). The parser takes what follows such a
head for the other protocol, and the body was lost. An offer of WebSocket is left to whoever takes it.
"""

import re

from gateway.http.lingering import LingeringProtocol

_OFFER = re.compile(rb"\r\nupgrade:(?![ \t]*websocket[ \t]*\r\n)[^\r\n]*(?=\r\n)", re.IGNORECASE)
_END_OF_HEAD = b"\r\n\r\n"


class PlainProtocol(LingeringProtocol):
    """One connection.

    Only a head at the beginning of what arrives is looked at, and only between two requests: a byte taken out of a body
    would let its end swallow the beginning of somebody else's request.
    """

    def data_received(self, data: bytes) -> None:
        """Take what arrived."""
        super().data_received(without_offers(data) if self.between and b"pgrade" in data else data)


def without_offers(data: bytes) -> bytes:
    """What arrived, its first head without offers of another protocol than WebSocket."""
    head, end, rest = data.partition(_END_OF_HEAD)
    return _OFFER.sub(b"", head + b"\r\n")[:-2] + end + rest if end else data
