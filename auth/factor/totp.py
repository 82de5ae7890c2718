"""Time-based one-time passwords (RFC 6238): 30 seconds, six digits, SHA-1, as every authenticator knows them."""

import hmac
from datetime import datetime
from urllib.parse import urlsplit

import pyotp

_SKEW = (1, 0, -1)
"""Steps a clock may be off, the newest first (RFC 6238 section 5.2 has one step for the way and no more)."""
_NAME = "Tongxin"


def new_secret() -> str:
    """A new key in Base32: 160 bits, as long as the hash (RFC 4226 section 4, R6) and short enough to be typed."""
    return pyotp.random_base32(32)


def code_at(secret: str, moment: datetime, steps: int = 0) -> str:
    """What an authenticator shows at a moment, or so many steps later."""
    return pyotp.TOTP(secret).at(moment, counter_offset=steps)


def steps_of(secret: str, code: str, moment: datetime) -> tuple[int, ...]:
    """The time steps around a moment whose password that is, the newest first; none for a wrong one.

    Takes the same time for any code.
    """
    totp = pyotp.TOTP(secret)
    around = [totp.timecode(moment) + skew for skew in _SKEW]
    right = [hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()) for step in around]
    return tuple(step for step, matches in zip(around, right, strict=True) if matches)


def address_of(secret: str, issuer: str) -> str:
    """The key as authenticators read it (``otpauth:``); names the gateway and nobody."""
    return pyotp.TOTP(secret).provisioning_uri(name=urlsplit(issuer).netloc, issuer_name=_NAME)


def picture_of(address: str) -> str:
    """The address as a QR code: an SVG in a ``data:`` address, dark on white in any theme."""
    import segno  # noqa: PLC0415 - its tables take a while to read, and only a new key is drawn

    return segno.make(address, error="m", micro=False).svg_data_uri(scale=4, dark="#000", light="#fff", border=4)
