"""``DutyScoreSource``: scores are the member's own and the offices'; kept for a minute, for each viewer apart."""

from collections.abc import Sequence

from connectors.contracted.reads import Endpoint
from connectors.duty.duties.mapping import PLACE, SCHEME, SCORE, STRENGTHS
from connectors.duty.own import looking, of_own
from connectors.duty.reads import DutyReads
from connectors.duty.sources import DutyMembers
from connectors.errors import NotAllowedError, PlatformError
from connectors.freshness import OWN_LASTING, YEARLY
from connectors.records.duty_score import (
    DutyScore,
    LeaderboardEntry,
    LeaderboardQuery,
    MemberStrengths,
    ScoringScheme,
)
from connectors.records.member import Member
from connectors.records.organization import OrganizationRef
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask, Role

_SCORES = Endpoint("members.scores", "/members/scores", OWN_LASTING, tags=("member:{key}",))
_STRENGTHS = Endpoint("members.strengths", "/members/strengths", OWN_LASTING, tags=("member:{key}",))
_LEADERBOARD = Endpoint("scores.leaderboard", "/scores/leaderboard", OWN_LASTING, tags=("scores",))
_SCHEMES = Endpoint(
    "organizations.scoringSchemes", "/organizations/scoring-schemes", YEARLY, tags=("organization:{key}",)
)


class DutyScores:
    """One connection's."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads
        self._members = DutyMembers(reads)

    async def load_duty_scores(
        self, keys: Sequence[str], year: int, ask: Ask
    ) -> Sequence[DutyScore | PlatformError | None]:
        """Read the scores of a year by member key."""
        query = {"year": _year_text(year), **looking(ask.viewer)}

        async def read(seen: Sequence[str]) -> Sequence[DutyScore | PlatformError | None]:
            return await self._reads.keyed(_SCORES, SCORE, seen, ask, query)

        return await of_own(keys, ask.viewer, self._refused(_SCORES), read)

    async def load_member_strengths(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[MemberStrengths | PlatformError | None]:
        """Read what members are good at, by member key."""

        async def read(seen: Sequence[str]) -> Sequence[MemberStrengths | PlatformError | None]:
            return await self._reads.keyed(_STRENGTHS, STRENGTHS, seen, ask, looking(ask.viewer))

        return await of_own(keys, ask.viewer, self._refused(_STRENGTHS), read)

    async def list_leaderboard(
        self, queries: Sequence[LeaderboardQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[LeaderboardEntry] | PlatformError]:
        """Read one page per query: a call each. A member sees their own committee's, if it shows it; staff any."""
        if Role.STAFF in ask.viewer.roles:
            return await self._boards(queries, page, ask)
        own = await self._own_committee(ask)
        if isinstance(own, PlatformError):
            return [own] * len(queries)
        seen = [query for query in queries if query.region_key is None and query.organization_key in {None, own}]
        inside = [LeaderboardQuery(year=query.year, organization_key=own) for query in seen]
        found = dict(zip(seen, await self._boards(inside, page, ask), strict=True))
        return [found.get(query, self._refused(_LEADERBOARD)) for query in queries]

    async def list_leaders(
        self, queries: Sequence[LeaderboardQuery], most: int, ask: Ask
    ) -> Sequence[tuple[LeaderboardEntry, ...] | PlatformError]:
        """Read the best of each query."""
        pages = await self.list_leaderboard(queries, PageArgs(first=most), ask)
        return [page if isinstance(page, PlatformError) else page.nodes for page in pages]

    async def load_scoring_schemes(
        self, keys: Sequence[str], year: int, ask: Ask
    ) -> Sequence[ScoringScheme | PlatformError | None]:
        """Read what committees score by in a year, by committee code."""
        return await self._reads.keyed(_SCHEMES, SCHEME, keys, ask, {"year": _year_text(year)})

    async def _boards(
        self, queries: Sequence[LeaderboardQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[LeaderboardEntry] | PlatformError]:
        asked = [_params_of(query) | looking(ask.viewer) for query in queries]
        return await self._reads.listed(_LEADERBOARD, PLACE, asked, page, ask)

    async def _own_committee(self, ask: Ask) -> str | PlatformError:
        """The committee the asker is a member of; the error where they are of none, or it cannot be told."""
        key = ask.viewer.member_key
        [found] = await self._members.load_members([key], ask) if key else [None]
        committee = found.organization if isinstance(found, Member) else found
        if isinstance(committee, PlatformError):
            return committee
        return committee.key if isinstance(committee, OrganizationRef) else self._refused(_LEADERBOARD)

    def _refused(self, endpoint: Endpoint) -> NotAllowedError:
        return NotAllowedError(self._reads.platform, endpoint.operation, "somebody else's")


def _params_of(query: LeaderboardQuery) -> dict[str, str]:
    told = {
        "year": _year_text(query.year),
        "organizationCode": query.organization_key,
        "regionCode": query.region_key,
    }
    return {name: value for name, value in told.items() if value is not None}


def _year_text(year: int) -> str:
    return f"{year:04d}"
