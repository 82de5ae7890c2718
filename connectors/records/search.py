"""What is looked for, and what was found."""

import enum

from connectors.records.deliberation import DeliberationRef
from connectors.records.member import MemberRef
from connectors.records.record import Record
from connectors.records.studio import StudioRef


class SearchKind(enum.Enum):
    """What can be found; which platform finds it is its source's matter."""

    STUDIO = "STUDIO"
    MEMBER = "MEMBER"
    QUESTION = "QUESTION"
    KNOWLEDGE_ARTICLE = "KNOWLEDGE_ARTICLE"
    DELIBERATION = "DELIBERATION"


class SearchQuery(Record, frozen=True):
    """Words, and which kinds of things to look among; a source leaves kinds out that are not its own."""

    text: str
    kinds: tuple[SearchKind, ...]


class SearchHit(Record, frozen=True):
    """A thing that was found. ``score`` is the platform's own, higher is better: its scale is no other platform's."""

    kind: SearchKind
    score: float
    node: MemberRef | StudioRef | DeliberationRef
