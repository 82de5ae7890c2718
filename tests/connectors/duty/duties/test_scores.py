"""Scores, strengths and leaderboards: whose they are, and that they add up."""

from types import SimpleNamespace

from connectors.errors import NotAllowedError
from connectors.records.duty_record import DutyRecordQuery, DutyRecordStatus
from connectors.records.duty_score import LeaderboardQuery
from connectors.records.page import PageArgs
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.people import as_member, as_staff

YEAR = 2026


async def test_a_score_is_the_members_own_and_the_offices(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """Others are refused in their places, and without a call when nothing is left to ask for."""
    me, other = world.members[0], world.members[1]

    mine, theirs = await duty.scores.load_duty_scores([me.key, other.key], YEAR, as_member(me))
    of_both = await duty.scores.load_duty_scores([me.key, other.key], YEAR, as_staff(world, me.committee))
    calls = sandbox.calls["members.scores"]
    [nobody] = await duty.scores.load_duty_scores([me.key], YEAR, ask)
    [strengths] = await duty.scores.load_member_strengths([other.key], as_member(me))

    assert (mine.key, mine.year) == (me.key, YEAR)
    assert isinstance(theirs, NotAllowedError)
    assert [score.key for score in of_both] == [me.key, other.key]
    assert isinstance(nobody, NotAllowedError)
    assert isinstance(strengths, NotAllowedError)
    assert sandbox.calls["members.scores"] == calls == 2


async def test_what_one_member_was_told_no_other_is(duty: SimpleNamespace, sandbox: SandboxApp, world: World) -> None:
    """A kept score is kept for its viewer: staff ask for themselves."""
    me = world.members[0]

    for asker in (as_member(me), as_member(me), as_staff(world, me.committee)):
        await duty.scores.load_duty_scores([me.key], YEAR, asker)

    assert sandbox.calls["members.scores"] == 2


async def test_scores_add_up(duty: SimpleNamespace, world: World) -> None:
    """The items make the total, the trend ends with it, and the verified records of the year are its items."""
    me = world.members[4]
    asker = as_member(me)

    [score] = await duty.scores.load_duty_scores([me.key], YEAR, asker)
    query = DutyRecordQuery(year=YEAR, status=DutyRecordStatus.VERIFIED)
    [page] = await duty.records.list_member_duty_records([me.key], query, PageArgs(first=100, with_total=True), asker)

    assert score.total == sum(item.points for item in score.items)
    assert [month.month for month in score.trend] == list(range(1, 12))
    assert score.trend[-1].total == score.total
    assert page.total == sum(item.count for item in score.items)
    assert 1 <= score.rank <= score.out_of
    assert score.grade.code in {"EXCELLENT", "GOOD", "COMPETENT", "INCOMPETENT"}


async def test_a_year_nobody_keeps_has_no_scores(duty: SimpleNamespace, world: World) -> None:
    """None, which is not the same as nought points."""
    me = world.members[0]

    assert await duty.scores.load_duty_scores([me.key], 1999, as_member(me)) == [None]


async def test_strengths_are_shares(duty: SimpleNamespace, world: World) -> None:
    """Strongest first, nought to a hundred."""
    me = world.members[3]

    [found] = await duty.scores.load_member_strengths([me.key], as_member(me))

    scores = [strength.score for strength in found.strengths]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert "服务群众" in {strength.label for strength in found.strengths}


async def test_a_leaderboard_walks_from_the_best_down(duty: SimpleNamespace, world: World) -> None:
    """Page by page everybody comes once; equal totals share a rank; the rank is that of the score."""
    committee = world.committees[0]
    inside = as_member(next(member for member in world.members if member.committee is committee))
    query = LeaderboardQuery(year=YEAR, organization_key=committee.code)
    entries, after, more = [], None, True

    while more:
        [page] = await duty.scores.list_leaderboard([query], PageArgs(first=15, after=after, with_total=True), inside)
        entries += page.nodes
        after, more = page.end, page.has_next

    totals = [entry.total for entry in entries]
    assert totals == sorted(totals, reverse=True)
    assert [entry.rank for entry in entries] == [totals.index(total) + 1 for total in totals]
    assert {entry.key for entry in entries} == {m.key for m in world.members if m.committee is committee}
    best = next(member for member in world.members if member.key == entries[0].key)
    [score] = await duty.scores.load_duty_scores([best.key], YEAR, as_member(best))
    assert (score.rank, score.total, score.out_of) == (1, totals[0], len(totals))


async def test_the_committee_decides_whether_its_leaderboard_is_shown(
    duty: SimpleNamespace, world: World, ask: Ask
) -> None:
    """One that hides its own refuses all but staff."""
    [shown] = await duty.scores.load_scoring_schemes([world.committees[0].code], YEAR, ask)
    schemes = await duty.scores.load_scoring_schemes([c.code for c in world.committees], YEAR, ask)
    hidden = next(scheme.key for scheme in schemes if not scheme.shows_leaderboard)
    committee = next(committee for committee in world.committees if committee.code == hidden)
    query = LeaderboardQuery(year=YEAR, organization_key=hidden)

    member = as_member(next(member for member in world.members if member.committee is committee))

    [refused] = await duty.scores.list_leaderboard([query], PageArgs(first=5), member)
    [told] = await duty.scores.list_leaderboard([query], PageArgs(first=5), as_staff(world, committee))

    assert shown.shows_leaderboard
    assert isinstance(refused, NotAllowedError)
    assert refused.upstream_code == "LEADERBOARD_HIDDEN"
    assert len(told.nodes) == 5


async def test_a_leaderboard_is_seen_inside_its_committee(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """A member who names none means their own; of another committee, a region or by a stranger none is asked for."""
    committee, other = world.committees[0], world.committees[1]
    member = as_member(next(member for member in world.members if member.committee is committee))
    asked = [
        LeaderboardQuery(year=YEAR),
        LeaderboardQuery(year=YEAR, organization_key=other.code),
        LeaderboardQuery(year=YEAR, region_key=committee.region_code),
    ]

    mine, *refused = await duty.scores.list_leaders(asked, 5, member)
    strangers = await duty.scores.list_leaders(asked, 5, ask)

    of_mine = {each.key for each in world.members if each.committee is committee}
    assert len(mine) == 5
    assert {entry.key for entry in mine} <= of_mine
    assert [type(each) for each in (*refused, *strangers)] == [NotAllowedError] * 5
    assert sandbox.calls["scores.leaderboard"] == 1


async def test_a_regions_leaderboard(duty: SimpleNamespace, world: World) -> None:
    """The members of the committees in it, and of what lies in it; one cannot ask for a committee beside it."""
    city, county = world.committees[0], world.committees[1]
    staff = as_staff(world, city)
    asked = [LeaderboardQuery(year=YEAR, region_key=each.region_code) for each in (city, county)]

    of_city, of_county, refused = await duty.scores.list_leaderboard(
        [*asked, LeaderboardQuery(year=YEAR, region_key=city.region_code, organization_key=city.code)],
        PageArgs(first=5, with_total=True),
        staff,
    )

    assert of_city.total == len(world.members)
    assert of_county.total == sum(member.committee is county for member in world.members)
    assert refused.upstream_code == "INVALID_PARAMETER"


async def test_a_scheme_names_rules_and_grades(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """The categories of domain-terms section 7, each with its points; grades best first."""
    [scheme, none] = await duty.scores.load_scoring_schemes([world.committees[0].code, "GO_none"], YEAR, ask)

    assert len(scheme.rules) == 15
    assert {rule.kind.code for rule in scheme.rules if rule.points < 0} == {"LEAVE", "ABSENCE"}
    assert [rule.least for rule in scheme.grades] == sorted((rule.least for rule in scheme.grades), reverse=True)
    assert none is None
