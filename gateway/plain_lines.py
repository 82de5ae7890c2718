"""Log lines for people at a terminal: the same facts as the JSON, a line each."""

from typing import Any

import msgspec

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder().encode
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/")
_LEVEL = 7


def plain(lines: bytes) -> bytes:
    """JSON lines as ``time LEVEL event  fact=value …``; a value with a blank or a sign in it stays JSON."""
    return b"".join(map(_plain, lines.splitlines(keepends=True)))


def _plain(line: bytes) -> bytes:
    try:
        told = _decode(line)
    except msgspec.MsgspecError:  # not one of ours
        return line
    head = [str(told.pop(name, "")) for name in ("time", "level", "event")]
    facts = " ".join(f"{name}={_value(value)}" for name, value in told.items())
    return f"{head[0]} {head[1].upper():{_LEVEL}} {head[2]}  {facts}".rstrip().encode() + b"\n"


def _value(value: Any) -> str:
    return value if isinstance(value, str) and value and _PLAIN.issuperset(value) else _encode(value).decode()
