"""Ports: what a platform can be able to do, one small ability each.

Every read takes many keys and answers one entry per key, in that order: the record, None where the platform knows
no such thing, or the error that kept it away. A failure fills only its own place; a read never raises a
``PlatformError``. Only ``SignIn`` raises, as it is about one person.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.identity import Identity, TicketForm
from connectors.records.member import Member, MemberStatistics
from connectors.records.official import Official, Position
from connectors.records.organization import Committee, Unit
from connectors.records.page import Page, PageArgs
from connectors.records.question import Question, QuestionQuery, Reply
from connectors.records.shift import DutyShift, Span
from connectors.records.studio import Studio, StudioListing, StudioMarks, StudioQuery, StudioStatistics
from connectors.viewer import Ask


@runtime_checkable
class StudioRegistry(Protocol):
    """Knows the studios themselves."""

    async def load_studios(self, keys: Sequence[str], ask: Ask) -> Sequence[Studio | PlatformError | None]:
        """Read studios by key."""


@runtime_checkable
class StudioDirectory(Protocol):
    """Lists studios: owns the filter, the order, the cursor and the count."""

    async def list_studios(
        self, queries: Sequence[StudioQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[StudioListing] | PlatformError]:
        """Read one page per query."""

    async def load_studio_statistics(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[StudioStatistics | PlatformError | None]:
        """Read followers, likes, ratings and reply times by studio key."""


@runtime_checkable
class StudioMarkSource(Protocol):
    """Knows what the person who asks follows and likes; the person needs an account there."""

    async def load_studio_marks(self, keys: Sequence[str], ask: Ask) -> Sequence[StudioMarks | PlatformError | None]:
        """Read the asker's marks by studio key; None where the asker has no account on the platform."""


@runtime_checkable
class MemberRegistry(Protocol):
    """Knows the members of the committees."""

    async def load_members(self, keys: Sequence[str], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Read members by key."""

    async def list_studio_members(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Member] | PlatformError]:
        """Read one page of members per studio key, the convener first."""


@runtime_checkable
class MemberLookup(Protocol):
    """Finds the member behind an identity: by ID number or by 浙政钉 employee, never by name or phone."""

    async def find_members(self, identities: Sequence[Identity], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Find one member per identity; never cached."""


@runtime_checkable
class MemberStatisticsSource(Protocol):
    """Knows what citizens made of a member's answers."""

    async def load_member_statistics(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[MemberStatistics | PlatformError | None]:
        """Read answered questions and ratings by member key."""


@runtime_checkable
class CommitteeRegistry(Protocol):
    """Knows which organisations are CPPCC committees."""

    async def load_committees(self, keys: Sequence[str], ask: Ask) -> Sequence[Committee | PlatformError | None]:
        """Read committees by ``GO_`` code; None for an organisation that is none."""


@runtime_checkable
class ShiftSource(Protocol):
    """Knows who is on duty when."""

    async def load_shifts(self, keys: Sequence[str], ask: Ask) -> Sequence[DutyShift | PlatformError | None]:
        """Read shifts by key."""

    async def list_studio_shifts(
        self, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[tuple[DutyShift, ...] | PlatformError]:
        """Read the shifts of each studio that touch the span, by start; at most 500 in all."""

    async def list_region_shifts(
        self, keys: Sequence[str], span: Span, ask: Ask
    ) -> Sequence[tuple[DutyShift, ...] | PlatformError]:
        """Read the shifts in each region and what lies in it, by start; ``RejectedInputError`` above 500 rows."""


@runtime_checkable
class QuestionSource(Protocol):
    """Knows citizens' questions; answers only what the asker may see (domain-terms section 5)."""

    async def load_questions(self, keys: Sequence[str], ask: Ask) -> Sequence[Question | PlatformError | None]:
        """Read questions by key; None also where the asker may not see it."""

    async def load_replies(self, keys: Sequence[str], ask: Ask) -> Sequence[Reply | PlatformError | None]:
        """Read replies by key; None also where the asker may not see the question."""

    async def list_studio_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page of questions per studio key, newest first."""


@runtime_checkable
class OfficialSource(Protocol):
    """Knows the people of the address book."""

    async def load_officials(self, keys: Sequence[str], ask: Ask) -> Sequence[Official | PlatformError | None]:
        """Read officials by key (see ``Official``); None for one who left."""

    async def load_positions(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Position, ...] | PlatformError]:
        """Read every post of each employee code."""


@runtime_checkable
class UnitSource(Protocol):
    """Knows the organisations of the address book."""

    async def load_units(self, keys: Sequence[str], ask: Ask) -> Sequence[Unit | PlatformError | None]:
        """Read organisations by ``GO_`` code."""


@runtime_checkable
class FileSource(Protocol):
    """Hands out files the platform keeps."""

    async def open_file(self, path: str, ask: Ask) -> tuple[str, bytes]:
        """Answer content type and bytes of one file; raises ``PlatformError``."""


@runtime_checkable
class SignIn(Protocol):
    """Turns a platform's ticket or code into an identity."""

    forms: tuple[TicketForm, ...]

    async def sign_in(self, form: TicketForm, ticket: str, ask: Ask) -> Identity:
        """Hand the ticket in. Raises ``SignInNeededError`` for a used, ended or foreign one, else ``PlatformError``."""
