"""Cleans the files of an upload and hands them to the platform that keeps them."""

import asyncio
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from auth.vault import Vault
from connectors.errors import PlatformError, WriteIdReusedError
from connectors.ports import AttachmentStore
from connectors.records.attachment import Attachment
from connectors.records.question_writes import Upload
from connectors.refusals import RefusedError
from connectors.viewer import Ask, Viewer
from gateway.uploads.errors import FileRefusedError
from gateway.uploads.kinds import Kind
from gateway.uploads.names import kept_name
from gateway.uploads.received import ReceivedFile
from gateway.uploads.settings import UploadSettings
from schema.files import ATTACHMENT
from schema.identifiers import global_id

_CLEANED_AT_ONCE = 2
_LONGEST_KEY = 256


class Keeping:
    """One per process."""

    def __init__(self, store: AttachmentStore | None, vault: Vault, settings: UploadSettings) -> None:
        self._store = store
        self._vault = vault
        self._settings = settings
        self._cleaning = ThreadPoolExecutor(_CLEANED_AT_ONCE, "cleaning")  # also bounds what hung-up senders left

    async def keep(self, files: Sequence[ReceivedFile], key: str | None, ask: Ask) -> list[dict[str, Any]]:
        """What every file became. None is handed over before all are found good.

        With a key the same files are kept once, however often they are sent. Where the platform fails midway nothing
        is answered: what it has already stands beside nothing, is seen by its sender alone, and is found again under
        the same key.

        Raises ``RefusedError`` for what is wrong with a file, ``PlatformError``.
        """
        store = self._store
        if store is None:
            raise RefusedError("PLATFORM_NOT_CONFIGURED")
        if key is not None and not 0 < len(key) <= _LONGEST_KEY:
            raise RefusedError("BAD_IDEMPOTENCY_KEY", most=_LONGEST_KEY)
        kinds = [await self._cleaned(file) for file in files]
        names = [self._write_id(key, place, ask.viewer) for place in range(len(files))]
        rows = zip(files, kinds, names, strict=True)
        return [await self._handed_over(store, file, kind, write_id, ask) for file, kind, write_id in rows]

    async def _cleaned(self, file: ReceivedFile) -> Kind:
        loop = asyncio.get_running_loop()
        try:
            kind = await loop.run_in_executor(self._cleaning, file.clean, self._settings.max_pixels)
        except FileRefusedError as error:
            raise RefusedError(error.code, file=file.name, **error.facts) from error
        most = self._settings.max_file_bytes
        if file.size > most:
            raise RefusedError("FILE_TOO_LARGE", file=file.name, most=most)
        return kind

    async def _handed_over(
        self, store: AttachmentStore, file: ReceivedFile, kind: Kind, write_id: str, ask: Ask
    ) -> dict[str, Any]:
        upload = Upload(name=kept_name(file.given, kind), content_type=kind.media_type, content=file.read())
        try:
            kept = await store.keep_attachment(upload, write_id, ask)
        except WriteIdReusedError:
            raise RefusedError("IDEMPOTENCY_KEY_REUSED") from None
        return _told(kept) | {"contentType": kind.media_type, "size": file.size}

    def _write_id(self, key: str | None, place: int, viewer: Viewer) -> str:
        """The id under which the platform takes a file once: the sender's key and the file's place, or a new one."""
        if key is None:
            return secrets.token_urlsafe(24)
        return self._vault.pseudonym(f"upload of {viewer.person_id or viewer.client_id}\n{key}\n{place}")


def _told(kept: Attachment) -> dict[str, Any]:
    """Raises ``PlatformError`` where it is kept, but cannot be spoken of."""
    for fact in (kept.key, kept.kind, kept.name):
        if isinstance(fact, PlatformError):
            raise fact
    return {"id": global_id(ATTACHMENT, kept.key), "kind": kept.kind.value, "name": kept.name}
