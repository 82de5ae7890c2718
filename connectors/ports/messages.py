"""Messages between people of the work app."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.message import Message, MessageQuery, NewMessage
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class MessageSource(Protocol):
    """Knows what an official sent and got; answers only for the asker's own employee code, or to staff."""

    async def load_messages(self, keys: Sequence[str], ask: Ask) -> Sequence[Message | PlatformError | None]:
        """Read messages by key; None also for those of others."""

    async def list_messages(
        self, keys: Sequence[str], query: MessageQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Message] | PlatformError]:
        """Read one page per employee code, newest first."""


@runtime_checkable
class Messenger(Protocol):
    """Sends messages in the asker's name."""

    async def send_message(self, message: NewMessage, ask: Ask) -> Message:
        """Send one; the same write id answers the same message.

        Raises ``PlatformError``; ``NotAllowedError`` for an asker without an employee code, ``OutcomeUnknownError``
        when it was sent and no answer came.
        """
