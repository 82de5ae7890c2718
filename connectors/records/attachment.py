"""Files that belong to something."""

import enum
from typing import Any

from connectors.lenient import kept
from connectors.records.record import Record


class AttachmentKind(enum.Enum):
    """What a file is to the reader."""

    IMAGE = "IMAGE"
    AUDIO = "AUDIO"
    VIDEO = "VIDEO"
    DOCUMENT = "DOCUMENT"


class AttachmentPlace(enum.Enum):
    """What a file stands beside; keys of two places are told apart by it."""

    QUESTION = "QUESTION"
    """A question or a work order of the citizen app."""
    MATTER = "MATTER"
    """A proposal, an opinion report, a micro-suggestion, an oversight."""


class Attachment(Record, frozen=True):
    """A file beside a text. ``path`` is where its platform keeps it: a path, never shown to callers.

    ``public``: everyone may open it, as the text it stands beside is published.
    """

    key: str
    kind: AttachmentKind
    name: str
    path: str
    public: bool = False
    place: AttachmentPlace = AttachmentPlace.QUESTION

    @property
    def named_by(self) -> Any:
        """What its id is made of; a key that could not be read stays the error it is."""
        return kept(self.key, lambda key: (self.place, key))

    @property
    def opened_by(self) -> Any:
        """What a link to it needs to know: the place, the key, and whether it is everyone's; or the key's error."""
        return kept(self.key, lambda key: (self.place, key, self.public))
