"""Members reading together (委员读书): groups, what is written in them, and what there is to study."""

import enum
from datetime import datetime

from connectors.records.member import MemberRef
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class ReadingGroup(Record, frozen=True):
    """A reading group (读书群) and the book it reads."""

    key: str
    name: str
    book: str
    introduction: str | None
    organization: OrganizationRef
    convener: MemberRef | None
    member_count: int
    post_count: int


class ReadingGroupQuery(Record, frozen=True):
    """Which groups; None: any. ``member_key`` finds those a member has joined. The latest begun stand first."""

    organization_key: str | None = None
    member_key: str | None = None


class ReadingPost(Record, frozen=True):
    """What a member wrote in a group; only those who joined it write."""

    key: str
    group_key: str
    body: str
    posted_at: datetime
    author: MemberRef


class StudyMaterialKind(enum.Enum):
    """What it is: 文章, 图书, 视频, 课程."""

    ARTICLE = "ARTICLE"
    BOOK = "BOOK"
    VIDEO = "VIDEO"
    COURSE = "COURSE"


class StudyMaterial(Record, frozen=True):
    """Something to study (学习资料); ``url`` is a public address."""

    key: str
    title: str
    kind: StudyMaterialKind
    url: str
    published_at: datetime
    organization: OrganizationRef | None


class StudyMaterialQuery(Record, frozen=True):
    """Which materials; None: any. Newest first."""

    kind: StudyMaterialKind | None = None
    organization_key: str | None = None
