"""Scores, strengths, leaderboards and schemes, over the tallies."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from connectors.duty.sandbox.duties.categories import CATEGORIES, GRADES, INDEX, STRENGTHS
from connectors.duty.sandbox.duties.tallies import Place, Tallies, points_of
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.rows import named_member
from connectors.duty.sandbox.viewing import VIEWER, Viewing, viewing
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, page_of
from connectors.sandbox.contracted.problems import ProblemError, rejected
from connectors.sandbox.paging import Order
from connectors.sandbox.world import CommitteeSeed, MemberSeed

Row = dict[str, Any]
_HIDES_LEADERBOARD, _HIDES_RANK = 7, 11  # every so many-th committee
_BEST_FIRST: Order[Place] = Order("BEST_FIRST", lambda place: place)


class Scores:
    """Over the tallies, which the duty records change."""

    def __init__(self, ground: Ground, tallies: Tallies) -> None:
        self._ground = ground
        self._tallies = tallies
        self._committees = {committee.code: committee for committee in ground.world.committees}
        self._number = {committee.code: at for at, committee in enumerate(ground.world.committees, 1)}
        hidden = {code for code in self._committees if not self._shows(code, _HIDES_LEADERBOARD)}
        self._hidden = {member.key for member in ground.world.members if member.committee.code in hidden}

    def scores(self, asked: Asked) -> Row:
        """``GET /members/scores``: of those the viewer may see."""
        keys, year, viewer = asked.keys(), self._year(asked), viewing(asked)
        if year not in self._tallies.years:
            return {"items": []}
        seen = [key for key in keys if viewer.sees(key)]
        return items_of(self._ground.members, seen, lambda member: self._score(member, year))

    def strengths(self, asked: Asked) -> Row:
        """``GET /members/strengths``: of those the viewer may see."""
        keys, viewer = asked.keys(), viewing(asked)
        seen = [key for key in keys if viewer.sees(key)]
        return items_of(self._ground.members, seen, self._strengths)

    def leaderboard(self, asked: Asked) -> Row:
        """``GET /scores/leaderboard``: of one committee, if it shows its own or staff asks, else of those that do."""
        year, code, viewer = self._year(asked), asked.key("organizationCode"), viewing(asked)
        wanted = asked.page(_BEST_FIRST)
        region = asked.region()
        if code is not None and region is not None:
            raise rejected("INVALID_PARAMETER", "organizationCode or regionCode, not both")
        if code is not None:
            self._check_shown(code, viewer)
        ranked = self._tallies.ranked(year, code or region or "")
        if code is None and not viewer.staff:
            ranked = [place for place in ranked if place[1] not in self._hidden]

        def row(place: Place) -> Row:
            rank = Tallies.place_of(ranked, -place[0])
            return {
                "id": place[1],
                "rank": rank,
                "total": -place[0],
                "member": named_member(self._ground.members[place[1]]),
            }

        return page_of(ranked, _BEST_FIRST, wanted, row)

    def schemes(self, asked: Asked) -> Row:
        """``GET /organizations/scoring-schemes``."""
        year = self._year(asked)
        return items_of(self._committees, asked.keys(), lambda committee: self._scheme(committee, year))

    def _check_shown(self, code: str, viewer: Viewing) -> None:
        if not viewer.staff and not self._shows(code, _HIDES_LEADERBOARD):
            raise ProblemError(HTTPStatus.FORBIDDEN, "LEADERBOARD_HIDDEN", "this committee does not show its own")

    def _shows(self, code: str, hides: int) -> bool:
        return self._number.get(code, 1) % hides != 0

    def _year(self, asked: Asked) -> int:
        asked.required("year")
        return asked.year() or 0

    def _score(self, member: MemberSeed, year: int) -> Row:
        counts = self._tallies.counts(member.key, year)
        total = self._tallies.total(member.key, year)
        code = member.committee.code
        return {
            "id": member.key,
            "year": year,
            "total": total,
            "grade": self._grade(total, self._tallies.elapsed(year)),
            "rank": self._tallies.rank(member, year) if self._shows(code, _HIDES_RANK) else None,
            "outOf": len(self._tallies.ranked(year, code)),
            "items": [
                {"kind": category.code, "kindName": category.name, "count": count, "points": points}
                for category, count, points in zip(CATEGORIES, counts, points_of(counts), strict=True)
                if count
            ],
            "trend": [
                {"month": month, "total": total} for month, total in enumerate(self._tallies.trend(member.key, year), 1)
            ],
        }

    @staticmethod
    def _grade(total: float, elapsed: float) -> Row:
        code, name, _ = next(grade for grade in GRADES if total >= grade[2] * elapsed or grade[2] == 0)
        return {"code": code, "name": name}

    def _strengths(self, member: MemberSeed) -> Row:
        """Each label's share of what its categories can bring in a year, over the years kept."""
        done = [points_of(self._tallies.counts(member.key, year)) for year in self._tallies.years]
        strengths = []
        for label, codes in STRENGTHS:
            at = [INDEX[code] for code in codes]
            most = sum(CATEGORIES[i].most or 0 for i in at) * len(done)
            strengths.append({"label": label, "score": round(100 * sum(year[i] for year in done for i in at) / most)})
        return {"id": member.key, "strengths": sorted(strengths, key=lambda each: -each["score"])}

    def _scheme(self, committee: CommitteeSeed, year: int) -> Row:
        return {
            "id": committee.code,
            "year": year,
            "term": self._ground.world.members[0].term,
            "rules": [{"kind": c.code, "kindName": c.name, "points": c.points, "most": c.most} for c in CATEGORIES],
            "grades": [{"code": code, "name": name, "least": least} for code, name, least in GRADES],
            "showsRank": self._shows(committee.code, _HIDES_RANK),
            "showsLeaderboard": self._shows(committee.code, _HIDES_LEADERBOARD),
        }


def operations(ground: Ground, tallies: Tallies) -> Sequence[Operation]:
    """What members' duty came to."""
    scores = Scores(ground, tallies)
    return [
        ground.read("members.scores", "/members/scores", scores.scores, ("ids", "year", *VIEWER)),
        ground.read("members.strengths", "/members/strengths", scores.strengths, ("ids", *VIEWER)),
        ground.read(
            "scores.leaderboard",
            "/scores/leaderboard",
            scores.leaderboard,
            ("year", "organizationCode", "regionCode", *VIEWER, *PAGE),
        ),
        ground.read("organizations.scoringSchemes", "/organizations/scoring-schemes", scores.schemes, ("ids", "year")),
    ]
