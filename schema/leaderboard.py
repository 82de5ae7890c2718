"""Leaderboards of duty scores, which each committee shows inside itself or does not."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import DutyScoreSource
from connectors.records.duty_score import LeaderboardQuery
from connectors.refusals import RefusedError
from connectors.viewer import PersonalClass, Scope
from schema.declarations import ListSize, People, Requirement, Whose
from schema.duty_score import YEAR
from schema.fields import argument, described, many, value
from schema.identifiers import key_named
from schema.paging import MOST_ROWS, connection
from schema.year import known_year

if TYPE_CHECKING:
    from schema.member import Member

_DUTY = Requirement(Scope.DUTY_READ)
_OF_DUTY: dict[str, Any] = {"requires": _DUTY, "personal": PersonalClass.DUTY, "whose": Whose(People.MEMBER)}


@described(zh="积分榜上的一位", en="A place on a leaderboard of duty scores.")
class LeaderboardEntry:
    """Read from ``connectors.records.duty_score.LeaderboardEntry``."""

    rank: int | None = value("rank", **_OF_DUTY, zh="名次；同分并列", en="The place; equal totals share one.")
    total: float | None = value("total", **_OF_DUTY, zh="总分", en="Points in all.")
    member: Annotated["Member", strawberry.lazy("schema.member")] | None = value("member", zh="委员", en="The member.")


def _most(arguments: Mapping[str, Any]) -> tuple[int]:
    """How many. Raises ``RefusedError`` (PAGE_TOO_LARGE, BAD_INPUT)."""
    first: int = arguments["first"]
    if first > MOST_ROWS:
        raise RefusedError("PAGE_TOO_LARGE", most=MOST_ROWS)
    if first < 1:
        raise RefusedError("BAD_INPUT", field="first")
    return (first,)


def _of_whom(_: Any, arguments: Mapping[str, Any]) -> LeaderboardQuery:
    """Which board. Raises ``RefusedError`` (BAD_ID, BAD_INPUT)."""
    committee = key_named(arguments.get("organizationId"), "Organization")
    return LeaderboardQuery(year=known_year(arguments["year"]), organization_key=committee)


DUTY_LEADERBOARD: Any = many(
    DutyScoreSource.list_leaders,
    arguments=(
        YEAR,
        argument("first", int, zh=f"最多几位，1 到 {MOST_ROWS}", en=f"At most so many, 1 to {MOST_ROWS}."),
        argument(
            "organizationId",
            strawberry.ID | None,
            zh="哪一级政协组织；不填时，委员为本组织，工作人员为全部",
            en="Of which committee; left out, a member's own, and for staff all.",
        ),
    ),
    taken=_most,
    owner=_of_whom,
    requires=_DUTY,
    size=ListSize(MOST_ROWS, slicing="first"),
    zh="履职积分榜，高分在前；委员只看本组织公布的",
    en="The leaderboard of a year, best first; members see their own committee's, if it shows it.",
)

OF_COMMITTEE: Any = connection(
    DutyScoreSource.list_leaderboard,
    arguments=(YEAR,),
    owner=lambda parent, arguments: LeaderboardQuery(year=known_year(arguments["year"]), organization_key=parent.key),
    requires=_DUTY,
    zh="履职积分榜，高分在前；只有本组织委员（公布时）和机关工作人员可见",
    en="Its leaderboard of a year, best first; for its members, if it shows it, and for committee staff.",
)
