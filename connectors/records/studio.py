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


class StudioKind(enum.Enum):
    """Who made a studio (domain-terms section 1)."""

    STREET_GROUP = "STREET_GROUP"
    SECTOR = "SECTOR"
    FEATURED = "FEATURED"
    PERSONAL = "PERSONAL"
    COMMUNITY = "COMMUNITY"


class StudioOrder(enum.Enum):
    """Orders the citizen app can list studios in."""

    FOLLOWERS_DESC = "FOLLOWERS_DESC"
    LIKES_DESC = "LIKES_DESC"
    RATING_DESC = "RATING_DESC"


class StudioRef(Record, frozen=True):
    """A studio as another row names it."""

    key: str
    name: str | UnsetType = UNSET
    category: StudioCategory | UnsetType = UNSET


class Studio(Record, frozen=True):
    """A studio (委员工作室) as the duty registry knows it.

    ``star_rating`` is 1 to 5, None while not rated; ``joint_studios`` are those it works together with (联合工作室).
    """

    key: str
    name: str
    introduction: str | None
    phone: str | None
    address: str | None
    category: StudioCategory
    region_key: str
    organization: OrganizationRef
    convener: MemberRef | None
    kind: StudioKind | None = None
    star_rating: int | None = None
    tags: tuple[str, ...] = ()
    joint_studios: tuple[StudioRef, ...] = ()
    member_count: int | None = None


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


class StudioMarks(Record, frozen=True):
    """Whether the person who asks follows and likes a studio."""

    key: str
    follows: bool
    likes: bool


class MarkedStudio(StudioRef, frozen=True, kw_only=True):
    """A studio after somebody followed or liked it: their marks and its statistics as they are now."""

    follows: bool
    likes: bool
    statistics: StudioStatistics


class StudioQuery(Record, frozen=True):
    """What to look for in the directory; a region includes what lies in it."""

    category: StudioCategory | None = None
    region_key: str | None = None
    order: StudioOrder = StudioOrder.FOLLOWERS_DESC
