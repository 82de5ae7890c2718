"""Files a platform keeps."""

from typing import Protocol, runtime_checkable

from connectors.viewer import Ask


@runtime_checkable
class FileSource(Protocol):
    """Hands out files the platform keeps."""

    async def open_file(self, path: str, ask: Ask) -> tuple[str, bytes]:
        """Answer content type and bytes of one file; raises ``PlatformError``."""


@runtime_checkable
class MatterFiles(Protocol):
    """Hands out what stands beside proposals, opinion reports, micro-suggestions and oversights."""

    async def open_matter_file(self, key: str, ask: Ask) -> tuple[str, bytes]:
        """Answer content type and bytes; ``NotFoundError`` also where the asker may not see the matter.

        Asked for whom a link was made, which carries no scopes: only who saw the file has one. What the person is,
        and so may see, is as it is now.
        """
