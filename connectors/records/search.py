"""What is looked for, and what was found."""

import enum
from typing import Any

from connectors.records.deliberation import DeliberationRef
from connectors.records.knowledge import KnowledgeArticle
from connectors.records.member import MemberRef
from connectors.records.official import OfficialListing
from connectors.records.page import Page
from connectors.records.question import Question
from connectors.records.record import Record
from connectors.records.studio import StudioRef


class SearchKind(enum.Enum):
    """What can be found; which platform finds it is its source's matter."""

    STUDIO = "STUDIO"
    MEMBER = "MEMBER"
    QUESTION = "QUESTION"
    KNOWLEDGE_ARTICLE = "KNOWLEDGE_ARTICLE"
    DELIBERATION = "DELIBERATION"
    OFFICIAL = "OFFICIAL"


class SearchQuery(Record, frozen=True):
    """Words, and which kinds of things to look among, none for all; a source leaves out those that are not its own."""

    text: str
    kinds: tuple[SearchKind, ...]


class SearchHit(Record, frozen=True):
    """A thing that was found. ``score`` is the platform's own, higher is better: its scale is no other platform's."""

    kind: SearchKind
    score: float
    node: MemberRef | StudioRef | DeliberationRef | Question | KnowledgeArticle | OfficialListing


class UnavailablePlatform(Record, frozen=True):
    """A platform that could not be searched; ``reason`` is the stable code of what it failed with."""

    platform: str
    reason: str


class FoundPage(Page[Any], frozen=True):
    """A page of what all platforms found: rows are ``FoundRow``, best first. It is whole if none is ``unavailable``."""

    unavailable: tuple[UnavailablePlatform, ...] = ()
