"""Articles: what a committee publishes (domain-terms section 7a)."""

import enum
from datetime import datetime

from msgspec import UNSET, UnsetType

from connectors.errors import PlatformError
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record
from connectors.records.rich_text import RichText


class ArticleKind(enum.Enum):
    """What it is: 新闻资讯, 图文直播, 委员访谈, 文史资料, 政协动态."""

    NEWS = "NEWS"
    LIVE_REPORT = "LIVE_REPORT"
    INTERVIEW = "INTERVIEW"
    HISTORY = "HISTORY"
    COMMITTEE_NEWS = "COMMITTEE_NEWS"


class LiveReportEntry(Record, frozen=True):
    """One message of a live report (图文直播)."""

    posted_at: datetime
    body: str


class Article(Record, frozen=True):
    """An article. A row of a list carries no text and no entries: they are ``UNSET``, and read by key.

    ``cover_path`` is where the platform keeps the picture: a path, never shown to callers. ``entries`` are a live
    report's, oldest first; other kinds have none. One that was withdrawn is told only as a change.
    """

    key: str
    kind: ArticleKind
    title: str
    summary: str | None
    published_at: datetime
    organization: OrganizationRef
    author: str | None
    cover_path: str | PlatformError | None
    changed_at: datetime
    withdrawn_at: datetime | None
    body: RichText | UnsetType = UNSET
    entries: tuple[LiveReportEntry, ...] | UnsetType = UNSET

    @property
    def cover(self) -> str | PlatformError | None:
        """The article's key where there is a picture: what a link to it names; the error where nobody can tell."""
        if isinstance(self.cover_path, PlatformError):
            return self.cover_path
        return self.key if self.cover_path else None


class ArticleQuery(Record, frozen=True):
    """Which articles; None: any. A region includes what lies in it; ``text`` stands in title or summary.

    Newest first; with ``changed_since`` by their change, oldest first, those withdrawn since among them.
    """

    kind: ArticleKind | None = None
    organization_key: str | None = None
    region_key: str | None = None
    text: str | None = None
    changed_since: datetime | None = None
