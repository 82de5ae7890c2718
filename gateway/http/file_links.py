"""Links to files: plain ones for what everyone may see, sealed ones that open a file for one person for five minutes.

A sealed link carries who it was made for, unreadable to anybody else (Fernet: encrypted, authenticated, with its time),
because a browser that shows a picture sends no token. It is made for each answer, after every cache.
"""

import base64
from collections.abc import Callable, Sequence

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import SecretStr

SECONDS = 300
PASS = "pass"  # noqa: S105 - the name of a parameter


class _Opens(msgspec.Struct, frozen=True, array_like=True):
    file: str
    person: str


class FileLinks:
    """Makes links and reads them again; ``public_url`` is where callers reach the gateway."""

    def __init__(self, public_url: str, secret: SecretStr, previous: Sequence[SecretStr] = ()) -> None:
        self._base = f"{public_url}/files/"
        self._sealer = MultiFernet([Fernet(_key(one)) for one in (secret, *previous)])

    def plain(self, identifier: str) -> str:
        """The link to a file that everyone may see."""
        return self._base + identifier

    def sealed(self, identifier: str, person: str) -> str:
        """The link by which one person may open a file, for five minutes."""
        sealed = self._sealer.encrypt(msgspec.json.encode(_Opens(identifier, person)))
        return f"{self._base}{identifier}?{PASS}={sealed.decode()}"

    def person_of(self, identifier: str, sealed: str, clock: Callable[[], float] | None = None) -> str | None:
        """For whom a link to that file was made; None where it ended, was changed, or is another file's."""
        try:
            opened = (
                self._sealer.decrypt(sealed, ttl=SECONDS)
                if clock is None
                else self._sealer.decrypt_at_time(sealed, SECONDS, int(clock()))
            )
            opens = msgspec.json.decode(opened, type=_Opens)
        except (InvalidToken, ValueError):  # not ASCII, not of the form: msgspec raises ValueErrors too
            return None
        return opens.person if opens.file == identifier else None


def _key(secret: SecretStr) -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=b"tongxin links to files").derive(secret.get_secret_value().encode())
    return base64.urlsafe_b64encode(derived)
