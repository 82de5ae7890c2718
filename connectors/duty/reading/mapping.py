"""Payload → record of reading groups and study materials."""

from typing import Any

from connectors.duty.links import link_from
from connectors.duty.named import maybe, member_ref_from, organization_ref_from, text_or_none
from connectors.duty.reading.payloads import GroupPayload, MaterialPayload, PostPayload
from connectors.lenient import kept
from connectors.records.reading_group import ReadingGroup, ReadingPost, StudyMaterial


def group_from(payload: GroupPayload) -> ReadingGroup:
    """Read one group."""
    return ReadingGroup(
        key=payload.id,
        name=payload.name,
        book=payload.book,
        introduction=text_or_none(payload.introduction),
        organization=organization_ref_from(
            payload.organization_code, payload.organization_name, payload.organization_level
        ),
        convener=maybe(payload.convener, member_ref_from),
        member_count=payload.member_count,
        post_count=payload.post_count,
    )


def post_from(payload: PostPayload) -> ReadingPost:
    """Read one post."""
    author: Any = kept(payload.author, member_ref_from)
    return ReadingPost(
        key=payload.id, group_key=payload.group_id, body=payload.body, posted_at=payload.posted_at, author=author
    )


def material_from(payload: MaterialPayload) -> StudyMaterial:
    """Read one material."""
    name: Any = payload.organization_name
    organization = maybe(
        payload.organization_code, lambda code: organization_ref_from(code, name, payload.organization_level)
    )
    return StudyMaterial(
        key=payload.id,
        title=payload.title,
        kind=payload.kind,
        url=link_from(payload.url, "studyMaterials"),
        published_at=payload.published_at,
        organization=organization,
    )
