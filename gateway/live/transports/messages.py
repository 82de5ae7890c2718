"""Messages of graphql-transport-ws (enisdenjo/graphql-ws, PROTOCOL.md), read and written; no I/O."""

import enum

import msgspec

SUBPROTOCOL = "graphql-transport-ws"
LONGEST_ID = 128
MOST_REASON_BYTES = 123
_encode = msgspec.json.Encoder().encode


class CloseCode(enum.IntEnum):
    """Why a connection is closed: the protocol's codes from 4400 on, those of RFC 6455 below, and one of ours."""

    NORMAL = 1000
    INTERNAL = 1011
    RESTART = 1012
    TRY_AGAIN_LATER = 1013
    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INITIALISATION_TIMEOUT = 4408
    SUBSCRIBER_ALREADY_EXISTS = 4409
    TOO_SLOW = 4413
    TOO_MANY_INITIALISATIONS = 4429


class BadMessageError(Exception):
    """What came is no message of the protocol; its words say why, and hold nothing of it."""


class Incoming(msgspec.Struct, gc=False):
    """A message as it came; ``payload`` is JSON still."""

    type: str
    id: str | None = None
    payload: msgspec.Raw = msgspec.Raw(b"")


_decode = msgspec.json.Decoder(Incoming).decode


def incoming(text: bytes) -> Incoming:
    """Read a message. Raises ``BadMessageError``."""
    try:
        message = _decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadMessageError("not a message of graphql-transport-ws") from None
    if message.id is not None and not 0 < len(message.id) <= LONGEST_ID:
        raise BadMessageError(f"an id has 1 to {LONGEST_ID} characters")
    return message


def beginning(kind: str, identifier: str) -> bytes:
    """What stands before a payload; behind it stands ``ENDING``."""
    return b'{"id":' + _encode(identifier) + b',"type":"' + kind.encode() + b'","payload":'


ENDING = b"}"
ACKNOWLEDGED = b'{"type":"connection_ack"}'


def completed(identifier: str) -> bytes:
    """That an operation ended."""
    return b'{"id":' + _encode(identifier) + b',"type":"complete"}'


def pong(payload: bytes) -> bytes:
    """The answer to a ping, with what came along."""
    return b'{"type":"pong","payload":' + payload + b"}" if payload[:1] == b"{" else b'{"type":"pong"}'


def shortened(reason: str) -> str:
    """A reason for closing, as much of it as a frame takes."""
    return reason.encode()[:MOST_REASON_BYTES].decode(errors="ignore")
