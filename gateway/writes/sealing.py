"""How writes are kept from eyes: bodies encrypted, owners and keys by digest only."""

import hashlib

from auth.vault import Vault
from connectors.viewer import Viewer

BODY = "write_effect.body"


class Sealing:
    """Over the vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def names(self, act: str, asked_for: bytes, key_of: str | None, viewer: Viewer) -> tuple[str, str | None, str]:
        """The owner's pseudonym; their key's digest, None without; the digest of what is asked for."""
        owner = self.owner_of(viewer)
        key = None if key_of is None else hashlib.sha256(f"{owner}\n{key_of}".encode()).hexdigest()
        asked = self._vault.pseudonym(f"{act}\n{asked_for.decode()}")
        return owner, key, asked

    def owner_of(self, viewer: Viewer) -> str:
        """The pseudonym of who writes: a person, through whatever client, or a system."""
        return self._vault.pseudonym(f"writes of {viewer.person_id or f'client {viewer.client_id}'}")

    def seal(self, text: str, place: str) -> str:
        """Encrypt, for that place only."""
        return self._vault.seal(text, place)

    def unseal(self, sealed: str, place: str) -> str:
        """Read what ``seal`` made. Raises ``SealBrokenError``."""
        return self._vault.unseal(sealed, place)
