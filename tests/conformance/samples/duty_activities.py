"""What members did and are invited to: activities, attendances, duty records, scores."""

from datetime import timedelta
from typing import Any

from connectors.records.activity import ActivityQuery
from connectors.records.duty_record import DutyRecordQuery
from connectors.records.duty_score import LeaderboardQuery
from connectors.sandbox.building import CHINA
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.conformance.samples.asking import PAGE, Keys, More, a_page, members, nothing_more


def committees(world: World) -> list[str]:
    """Codes of committees."""
    return [committee.code for committee in world.committees[:3]]


def on_now(world: World) -> list[str]:
    """Keys of the activities that are on when the world begins."""
    start = world.today.astimezone(CHINA) - timedelta(minutes=10)
    return [f"A{committee.region_code}-{start:%Y%m%d}N" for committee in world.committees[:3]]


def boards(world: World) -> list[LeaderboardQuery]:
    """Everybody's leaderboard, and a committee's."""
    year = world.today.year
    return [LeaderboardQuery(year=year), LeaderboardQuery(year=year, organization_key=world.committees[0].code)]


KEYED: dict[str, tuple[Keys, More]] = {
    "load_activities": (on_now, nothing_more),
    "load_check_in_codes": (on_now, nothing_more),
    "load_duty_scores": (members, lambda w: (w.today.year,)),
    "load_member_strengths": (members, nothing_more),
    "load_scoring_schemes": (committees, lambda w: (w.today.year,)),
}
LISTED: dict[str, tuple[Keys, More]] = {
    "list_leaderboard": (boards, a_page),
    "list_leaders": (boards, lambda _: (3,)),
    "list_member_duty_records": (members, lambda w: (DutyRecordQuery(year=w.today.year - 1), PAGE)),
    "list_member_activities": (members, lambda _: (ActivityQuery(upcoming=True), PAGE)),
    "list_activity_attendances": (on_now, a_page),
    "list_committee_activities": (committees, lambda _: (ActivityQuery(), PAGE)),
}


async def _records(method: Any, world: World, ask: Ask) -> list[str]:
    pages = await method("list_member_duty_records")(members(world), DutyRecordQuery(), PAGE, ask)
    return [page.nodes[0].key for page in pages]


async def _attendances(method: Any, world: World, ask: Ask) -> list[str]:
    [page] = await method("list_activity_attendances")(on_now(world)[:1], PAGE, ask)
    return [attendance.key for attendance in page.nodes]


ANSWERED = {
    "load_duty_records": _records,
    "load_attendances": _attendances,
}
