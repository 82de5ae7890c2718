"""A file on its way: in memory while it is small, else on disk without a name, so that it is gone with the process."""

from tempfile import SpooledTemporaryFile

from gateway.uploads.cleaning import cleaned
from gateway.uploads.kinds import Kind
from gateway.uploads.names import shown_name


class ReceivedFile:
    """One file of an upload; lives until its upload is answered."""

    def __init__(self, name: str, spool_bytes: int) -> None:
        self.given = name
        self.name = shown_name(name)
        self.size = 0
        self._file = SpooledTemporaryFile(max_size=spool_bytes)  # noqa: SIM115 - closed by whoever receives the upload

    def write(self, data: bytes) -> None:
        """Take what comes next."""
        self._file.write(data)
        self.size += len(data)

    def read(self) -> bytes:
        """All of it."""
        self._file.seek(0)
        return self._file.read()

    def clean(self, most_pixels: int) -> Kind:
        """Keep only picture or sound of it; answers which. Takes a while. Raises ``FileRefusedError``."""
        kind, content = cleaned(self.read(), most_pixels)
        self._file.seek(0)
        self._file.truncate()
        self.size = 0
        self.write(content)
        return kind

    def close(self) -> None:
        """Let go of it."""
        self._file.close()
