"""Files that belong to something."""

import enum

from connectors.records.record import Record


class AttachmentKind(enum.Enum):
    """What a file is to the reader."""

    IMAGE = "IMAGE"
    AUDIO = "AUDIO"
    VIDEO = "VIDEO"
    DOCUMENT = "DOCUMENT"


class Attachment(Record, frozen=True):
    """A file beside a text. ``path`` is where its platform keeps it: a path, never shown to callers.

    ``public``: everyone may open it, as the text it stands beside is published.
    """

    key: str
    kind: AttachmentKind
    name: str
    path: str
    public: bool = False

    @property
    def opened_by(self) -> tuple[str, bool]:
        """What a link to it needs to know: the key, and whether it is everyone's."""
        return self.key, self.public
