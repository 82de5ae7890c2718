"""What the duty platform sends of reading groups and study materials, as ``contract/reading.yaml`` spells it."""

from connectors.contracted.payloads import Moment, RowPayload
from connectors.duty.payloads import NamedMemberPayload
from connectors.records.reading_group import StudyMaterialKind


class GroupPayload(RowPayload, frozen=True, kw_only=True):
    """A reading group."""

    id: str
    name: str
    book: str
    introduction: str | None
    organization_code: str
    organization_name: str
    organization_level: str
    convener: NamedMemberPayload | None
    member_count: int
    post_count: int


class PostPayload(RowPayload, frozen=True, kw_only=True):
    """What a member wrote in a group."""

    id: str
    group_id: str
    body: str
    posted_at: Moment
    author: NamedMemberPayload


class MaterialPayload(RowPayload, frozen=True, kw_only=True):
    """Something to study; the organisation's members are null where it is everybody's."""

    id: str
    title: str
    kind: StudyMaterialKind
    url: str
    published_at: Moment
    organization_code: str | None
    organization_name: str | None
    organization_level: str | None
