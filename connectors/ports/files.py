"""Files a platform keeps."""

from typing import Protocol, runtime_checkable

from connectors.viewer import Ask


@runtime_checkable
class FileSource(Protocol):
    """Hands out files the platform keeps."""

    async def open_file(self, path: str, ask: Ask) -> tuple[str, bytes]:
        """Answer content type and bytes of one file; raises ``PlatformError``."""
