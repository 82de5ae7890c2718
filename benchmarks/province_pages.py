"""Every query page as somebody of a province asks it: large committees, long lists, whole cities and a whole year."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from benchmarks.cases import OPERATIONS, Case
from connectors.regions import PROVINCE
from connectors.sandbox.world import MemberSeed, PersonSeed, World
from schema.identifiers import global_id

_CITY = "330100"
_MOST = 100
_BUSIEST_TALK = 5
"""The first committee's own number of its open online deliberation, of which most is said."""
_CALLS = re.compile(r"calls: (\d+)")
_SIGNED_IN = "openid graph:read"
_DUTY = f"{_SIGNED_IN} duty:read"


@dataclass(frozen=True)
class Page:
    """A page and the most calls a cold run of it may make, as its header says."""

    case: Case
    most_calls: int


def pages(world: World) -> list[Page]:
    """All of them, in the order of their numbers; some twice, for more than one size of what they show."""
    member, staff, official = _member(world), _official(world, staff=True), _official(world, staff=False)
    today, committee = world.today, world.committees[0]
    own = next(one for one in world.members if one.committee is committee and one.person.work)
    studio = max(world.studios, key=lambda one: len(one.members))
    as_member = {"who": "member", "person": member.person.id, "scope": _DUTY}
    as_staff = {"who": "staff", "person": staff.id, "scope": f"{_DUTY} cockpit:read"}
    as_reader = as_member | {"scope": f"{_SIGNED_IN} directory:read"}
    as_citizen = {"who": "citizen", "person": world.citizens[0].id, "scope": _SIGNED_IN}
    as_official = {"who": "official", "person": official.id, "scope": f"{_SIGNED_IN} office:read"}
    talk = f"DL{committee.region_code}{_BUSIEST_TALK:03d}"
    return [
        _page("01", {"first": _MOST}),
        _page("02", {"id": global_id("Studio", studio.key)} | _span(world, 31), **as_citizen),
        _page("03", {"year": today.year}, **as_member),
        _page("08", _cockpit(world, PROVINCE, 366), "province, a year", **as_staff),
        _page("08", _cockpit(world, _CITY, 30), "city, a month", **as_staff),
        _page("09", {"filter": {}, "first": _MOST}, **as_member),
        _page("11", {"id": global_id("MicroSuggestion", f"W{committee.region_code}0001")}, **as_member),
        _page("12", {"id": global_id("Deliberation", talk), "first": _MOST}, **as_citizen),
        _page("15", {"memberId": global_id("Member", own.key), "year": today.year}, **as_staff),
        _page("16", {"rootId": global_id("Organization", f"GO_rg{PROVINCE}")}, "province", **as_reader),
        _page("16", {"rootId": global_id("Organization", f"GO_dir{_CITY}")}, "a city's members", **as_reader),
        _page("17", _span(world, 31), **as_official),
        _page("19", {"text": "医保 报销", "first": _MOST}),
        _page("20", {"text": "义务教育", "first": _MOST}),
        _page("21", {}, who="ops", scope="openid ops:read"),
        _page("22", {"first": _MOST}, **as_member),
        _page("23", {"regionCode": _CITY} | _span(world, 7), "city, a week"),
        _page("23", {"regionCode": "330106"} | _span(world, 31), "county, a month"),
        _page(
            "25", {"changedSince": (today - timedelta(days=3 * 366)).isoformat()}, who="partner", scope="opinion:read"
        ),
    ]


def _page(number: str, variables: dict[str, Any], size: str = "", **asker: str) -> Page:
    [path] = OPERATIONS.glob(f"{number}-*.graphql")
    text = path.read_text()
    name = f"{path.stem} ({size})" if size else path.stem
    [calls] = _CALLS.findall(text)
    return Page(Case(name, {"query": text, "variables": variables}, **asker), int(calls))


def _span(world: World, days: int) -> dict[str, str]:
    half = timedelta(days=days / 2)
    return {"from": (world.today - half).isoformat(), "to": (world.today + half).isoformat()}


def _cockpit(world: World, region: str, days: int) -> dict[str, Any]:
    last = world.today.date()
    first = last - timedelta(days=days - 1)
    return {"regionCode": region, "period": {"from": first.isoformat(), "to": last.isoformat()}}


def _member(world: World) -> MemberSeed:
    """The one in most studios of those whom the work app knows."""
    studios = Counter(member.key for studio in world.studios for member in studio.members)
    return max((one for one in world.members if one.person.work), key=lambda one: studios[one.key])


def _official(world: World, *, staff: bool) -> PersonSeed:
    return next(one for one in world.officials if ("staff" in one.roles) is staff)
