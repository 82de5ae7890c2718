"""Payload → record of search hits."""

from typing import Any

from connectors.duty.named import member_ref_from
from connectors.duty.search.payloads import FoundDeliberationPayload, FoundStudioPayload, HitPayload
from connectors.lenient import broken_in, kept
from connectors.records.deliberation import DeliberationRef
from connectors.records.search import SearchHit
from connectors.records.studio import StudioCategory, StudioRef

_CATEGORIES = {category.value: category for category in StudioCategory}


def hit_from(payload: HitPayload) -> SearchHit:
    """Read one hit; an error in the place of what was found where that is not told."""
    node: Any = broken_in("duty", "search")
    if payload.member is not None:
        node = kept(payload.member, member_ref_from)
    elif payload.studio is not None:
        node = kept(payload.studio, _studio_from)
    elif payload.deliberation is not None:
        node = kept(payload.deliberation, _deliberation_from)
    return SearchHit(kind=payload.kind, score=payload.score, node=node)


def _studio_from(payload: FoundStudioPayload) -> StudioRef:
    category: Any = kept(payload.category, lambda code: _CATEGORIES.get(code, StudioCategory.OTHER))
    return StudioRef(key=payload.id, name=payload.name, category=category)


def _deliberation_from(payload: FoundDeliberationPayload) -> DeliberationRef:
    return DeliberationRef(key=payload.id, title=payload.title, kind=payload.kind, status=payload.status)
