"""What the duty platform sends of a search, as ``contract/search.yaml`` spells it."""

from connectors.contracted.payloads import Payload, RowPayload
from connectors.duty.payloads import NamedMemberPayload
from connectors.records.deliberation import DeliberationKind, DeliberationStatus
from connectors.records.search import SearchKind


class FoundStudioPayload(Payload, frozen=True):
    """A studio that was found; ``category`` may be one we do not know."""

    id: str
    name: str
    category: str


class FoundDeliberationPayload(Payload, frozen=True):
    """A deliberation that was found."""

    id: str
    title: str
    kind: DeliberationKind
    status: DeliberationStatus


class HitPayload(RowPayload, frozen=True, kw_only=True):
    """A hit: the member called as its ``kind`` holds what was found, the others are missing."""

    id: str
    kind: SearchKind
    score: float
    member: NamedMemberPayload | None = None
    studio: FoundStudioPayload | None = None
    deliberation: FoundDeliberationPayload | None = None
