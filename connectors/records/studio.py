"""Member studios."""

import enum

from msgspec import UNSET, UnsetType

from connectors.records.member import MemberRef
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class StudioCategory(enum.Enum):
    """What a studio advises on (domain-terms section 7a)."""

    LAW = "LAW"
    MEDICAL = "MEDICAL"
    FINANCE = "FINANCE"
    EDUCATION = "EDUCATION"
    AGRICULTURE = "AGRICULTURE"
    INDUSTRY = "INDUSTRY"
    CULTURE = "CULTURE"
    OTHER = "OTHER"


class StudioOrder(enum.Enum):
    """Orders the citizen app can list studios in."""

    FOLLOWERS_DESC = "FOLLOWERS_DESC"
    LIKES_DESC = "LIKES_DESC"
    RATING_DESC = "RATING_DESC"


class Studio(Record, frozen=True):
    """A studio (委员工作室) as the duty registry knows it."""

    key: str
    name: str
    introduction: str | None
    phone: str | None
    address: str | None
    category: StudioCategory
    region_key: str
    organization: OrganizationRef
    convener: MemberRef | None


class StudioStatistics(Record, frozen=True):
    """What citizens did with a studio; averages and medians without data are None."""

    key: str
    followers: int
    likes: int
    average_rating: float | None
    answered_questions: int
    median_reply_minutes: int | None


class StudioListing(Record, frozen=True):
    """A row of the citizen app's studio directory."""

    key: str
    name: str
    category: StudioCategory
    region_key: str
    statistics: StudioStatistics


class StudioRef(Record, frozen=True):
    """A studio as another row names it."""

    key: str
    name: str | UnsetType = UNSET
    category: StudioCategory | UnsetType = UNSET


class StudioMarks(Record, frozen=True):
    """Whether the person who asks follows and likes a studio."""

    key: str
    follows: bool
    likes: bool


class StudioQuery(Record, frozen=True):
    """What to look for in the directory; a region includes what lies in it."""

    category: StudioCategory | None = None
    region_key: str | None = None
    order: StudioOrder = StudioOrder.FOLLOWERS_DESC
