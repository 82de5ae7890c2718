"""What the public says, gathered from every channel."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.public_voice import PublicVoice, PublicVoiceQuery
from connectors.viewer import Ask


@runtime_checkable
class PublicVoiceSource(Protocol):
    """Knows what the public says; tells of no citizen."""

    async def load_public_voices(self, keys: Sequence[str], ask: Ask) -> Sequence[PublicVoice | PlatformError | None]:
        """Read voices by key."""

    async def list_public_voices(
        self, queries: Sequence[PublicVoiceQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[PublicVoice] | PlatformError]:
        """Read one page per query, newest first."""
