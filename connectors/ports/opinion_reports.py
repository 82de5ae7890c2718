"""Opinion reports: reading them, raising them from questions, and their way upwards."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.opinion_report import (
    OpinionReport,
    OpinionReportDraft,
    OpinionReportMove,
    OpinionReportQuery,
)
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class OpinionReportSource(Protocol):
    """Knows opinion reports; answers only what the asker may see.

    A draft is its authors' alone. What was submitted is seen by its authors, the members of its committee, staff, and
    partner systems with scope ``opinion:read``; by nobody else.
    """

    async def load_opinion_reports(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[OpinionReport | PlatformError | None]:
        """Read reports by key; None also where the asker may not see it."""

    async def list_opinion_reports(
        self, queries: Sequence[OpinionReportQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[OpinionReport] | PlatformError]:
        """Read one page per query; withdrawn ones are among them and say when."""

    async def list_question_opinion_reports(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[OpinionReport] | PlatformError]:
        """Read one page per question key: the reports raised from it, newest first."""

    async def list_raised_reports(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[tuple[OpinionReport, ...] | PlatformError]:
        """Read per question key the newest reports raised from it, at most ``MOST_RAISED``."""

    async def list_member_opinion_reports(
        self, keys: Sequence[str], query: OpinionReportQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[OpinionReport] | PlatformError]:
        """Read one page per member key: the reports they are an author of."""


@runtime_checkable
class OpinionReportDesk(Protocol):
    """Takes opinion reports and what is done to them.

    The person who acts is the asker (``member_key``, or ``employee_code`` of staff). Each write answers the report as
    it then stands and raises ``PlatformError``, as ``ProposalDesk`` does.
    """

    async def raise_opinion_report(self, draft: OpinionReportDraft, write_id: str, ask: Ask) -> OpinionReport:
        """Raise a report, or keep it as a draft."""

    async def revise_opinion_report(self, draft: OpinionReportDraft, write_id: str, ask: Ask) -> OpinionReport:
        """Give one's own draft or withdrawn report new words; with ``submit`` it is handed in."""

    async def withdraw_opinion_report(self, key: str, note: str | None, write_id: str, ask: Ask) -> OpinionReport:
        """Take one's own report back."""

    async def move_opinion_report(self, move: OpinionReportMove, write_id: str, ask: Ask) -> OpinionReport:
        """Bring a report to another state; for staff."""
