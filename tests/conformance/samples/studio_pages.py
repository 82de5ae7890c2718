"""What a studio's page reads."""

from typing import Any

from connectors.records.question import QuestionQuery
from connectors.records.studio import StudioQuery
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.conformance.samples.asking import (
    PAGE,
    Keys,
    More,
    a_page,
    employees,
    fortnight,
    members,
    nothing_more,
    studios,
)


def teams(world: World) -> list[str]:
    """Keys of the members of three studios, of whom somebody is on duty each week."""
    return [member.key for studio in world.studios[:3] for member in studio.members]


KEYED: dict[str, tuple[Keys, More]] = {
    "load_studios": (studios, nothing_more),
    "load_studio_statistics": (studios, nothing_more),
    "load_studio_marks": (studios, nothing_more),
    "load_members": (members, nothing_more),
    "load_member_statistics": (members, nothing_more),
    "load_committees": (lambda w: [c.code for c in w.committees[:3]], nothing_more),
    "load_units": (lambda w: [u.code for u in w.units[:3]], nothing_more),
    "load_officials": (employees, nothing_more),
}
LISTED: dict[str, tuple[Keys, More]] = {
    "list_studios": (lambda _: [StudioQuery(), StudioQuery(region_key="331002")], a_page),
    "list_studio_members": (studios, a_page),
    "list_studio_questions": (studios, lambda _: (QuestionQuery(), PAGE)),
    "list_studio_shifts": (studios, lambda w: (fortnight(w),)),
    "list_member_shifts": (teams, lambda w: (fortnight(w),)),
    "list_region_shifts": (lambda _: ["331000", "331002"], lambda w: (fortnight(w),)),
    "load_positions": (employees, nothing_more),
}


async def _shifts(method: Any, world: World, ask: Ask) -> list[str]:
    lists = await method("list_studio_shifts")(studios(world), fortnight(world), ask)
    return [shift.key for shifts in lists for shift in shifts][:3]


async def _answered(method: Any, world: World, ask: Ask) -> list[Any]:
    pages = await method("list_studio_questions")(studios(world), QuestionQuery(answered=True), PAGE, ask)
    return [question for page in pages for question in page.nodes][:3]


async def _questions(method: Any, world: World, ask: Ask) -> list[str]:
    return [question.key for question in await _answered(method, world, ask)]


async def _replies(method: Any, world: World, ask: Ask) -> list[str]:
    return [question.replies[0].key for question in await _answered(method, world, ask)]


ANSWERED = {"load_shifts": _shifts, "load_questions": _questions, "load_replies": _replies}
