"""Files people uploaded, shared by the services that let them stand beside something."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from connectors.records.attachment import AttachmentKind
from connectors.zheliban.sandbox.answering import BODY_INVALID, RefusedError
from connectors.zheliban.sandbox.studios.asked import GivenFile
from connectors.zheliban.sandbox.studios.filters import Viewer

Seen = Callable[[Viewer], bool]


@dataclass(slots=True)
class Upload:
    """A file as it came; ``seen`` says who may see what it stands beside, None before it does."""

    file: GivenFile
    account: str
    media_type: str
    content: bytes
    seen: Seen | None = None

    def shown_to(self, viewer: Viewer) -> bool:
        """Whether somebody may have it: who uploaded it, and who may see what it stands beside."""
        return viewer.account == self.account or (self.seen is not None and self.seen(viewer))


class Shelf:
    """All uploads of one sandbox, by id."""

    def __init__(self) -> None:
        self._uploads: dict[str, Upload] = {}
        self._numbers = count(1)

    def put(self, account: str, kind: AttachmentKind, name: str, media_type: str, content: bytes) -> GivenFile:
        """Keep a file."""
        file = GivenFile(f"A{next(self._numbers):07d}", kind, name)
        self._uploads[file.id] = Upload(file, account, media_type, content)
        return file

    def get(self, key: str) -> Upload | None:
        """The upload of that id."""
        return self._uploads.get(key)

    def checked(self, keys: Sequence[str], account: str) -> tuple[GivenFile, ...]:
        """Somebody's files that stand nowhere yet; raises ``RefusedError`` for any other."""
        found = [self._uploads.get(key) for key in dict.fromkeys(keys)]
        if any(upload is None or upload.account != account or upload.seen is not None for upload in found):
            raise RefusedError(BODY_INVALID, "参数错误：attachmentIds")
        return tuple(upload.file for upload in found if upload is not None)

    def belong(self, files: Sequence[GivenFile], seen: Seen) -> None:
        """Let files stand beside something from now on."""
        for file in files:
            self._uploads[file.id].seen = seen
