"""Scores, strengths, leaderboards, and what committees score by."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.duty_score import (
    DutyScore,
    LeaderboardEntry,
    LeaderboardQuery,
    MemberStrengths,
    ScoringScheme,
)
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask


@runtime_checkable
class DutyScoreSource(Protocol):
    """Knows what members' duty came to: the member's own and the offices'; others get ``NotAllowedError``."""

    async def load_duty_scores(
        self, keys: Sequence[str], year: int, ask: Ask
    ) -> Sequence[DutyScore | PlatformError | None]:
        """Read the scores of a year by member key; None for a year without any."""

    async def load_member_strengths(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[MemberStrengths | PlatformError | None]:
        """Read what members are good at, by member key; theirs and the offices' alone too."""

    async def list_leaderboard(
        self, queries: Sequence[LeaderboardQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[LeaderboardEntry] | PlatformError]:
        """Read one page per query, best first.

        Members are told of their own committee alone (that is what they mean who name none), staff of any; else
        ``NotAllowedError``, and also where the committee does not show its members their own.
        """

    async def list_leaders(
        self, queries: Sequence[LeaderboardQuery], most: int, ask: Ask
    ) -> Sequence[tuple[LeaderboardEntry, ...] | PlatformError]:
        """Read at most so many (1 to 100) of the best per query; else as ``list_leaderboard``."""

    async def load_scoring_schemes(
        self, keys: Sequence[str], year: int, ask: Ask
    ) -> Sequence[ScoringScheme | PlatformError | None]:
        """Read what committees score by in a year, by committee code."""
