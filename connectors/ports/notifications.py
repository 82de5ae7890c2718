"""Telling officials: work notifications, and the files that go with them."""

from typing import Protocol, runtime_checkable

from connectors.records.notification import WorkNotification
from connectors.viewer import Ask


@runtime_checkable
class WorkNotifier(Protocol):
    """Sends work notifications; who calls keeps to the limits it names.

    ``max_receivers`` persons and organisations together a call; ``min_interval_s`` seconds from one call to the next.
    """

    max_receivers: int
    min_interval_s: int

    async def notify(self, notification: WorkNotification, ask: Ask) -> str:
        """Send one and answer the platform's message id; raises ``PlatformError``.

        Raises:
            RejectedInputError: nobody to send to, too many, or a message that is too long: nothing was sent.
            DuplicateWriteError: this key was sent before; it is done.
            SlowDownError: sooner than the platform allows, or more than it allows a day.
            OutcomeUnknownError: sent, and no answer came. Sending the same key again tells what became of it.
        """

    async def revoke(self, key: str, ask: Ask) -> None:
        """Take back what was sent with that key; raises ``PlatformError``."""


@runtime_checkable
class MediaStore(Protocol):
    """Keeps files on the platform, by media id."""

    async def keep_media(self, name: str, media_type: str, body: bytes, ask: Ask) -> str:
        """Upload a file and answer its media id; raises ``PlatformError``, ``RejectedInputError`` for one too large."""

    async def open_media(self, media_id: str, ask: Ask) -> tuple[str, bytes]:
        """Answer content type and bytes; raises ``PlatformError``, ``NotFoundError`` for an unknown id.

        Whether the asker may see the file is decided by who hands out the id.
        """
