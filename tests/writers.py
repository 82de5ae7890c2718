"""People who write, for journeys: members, staff, officials and citizens of the sandbox, and what they are answered."""

from collections.abc import Iterator
from typing import Any

from connectors.sandbox.world import CommitteeSeed, MemberSeed, PersonSeed, World
from tests.stack import SignInDesk

READ = "openid graph:read duty:read"
WRITE = "openid graph:read duty:write"
BOTH = "openid graph:read duty:read duty:write"
UNIT = "openid graph:read office:write"
CITIZEN = "openid graph:read question:write"
CITIZEN_APP, WORK_APP = "zheliban", "zhezhengding"


def members(world: World, committee: CommitteeSeed | None = None) -> list[MemberSeed]:
    """Members who come by the work app and are nothing else, of one committee or any."""
    return [
        one
        for one in world.members
        if one.person.work and "staff" not in one.person.roles and committee in {None, one.committee}
    ]


def staff_of(world: World, committee: CommitteeSeed) -> PersonSeed:
    """Somebody of a committee's office."""
    return next(p for p in world.officials if "staff" in p.roles and p.work and p.work.unit_code == committee.code)


def officials_beside(world: World, committee: CommitteeSeed) -> Iterator[PersonSeed]:
    """Officials of the bureaus of a committee's division, who handle proposals."""
    bureaus = {u.code for u in world.units if u.region_code == committee.region_code and u.code.startswith("GO_bu")}
    return (p for p in world.officials if p.work and p.work.unit_code in bureaus and "staff" not in p.roles)


async def work_token(desk: SignInDesk, person: PersonSeed, scope: str = WRITE) -> str:
    """Their access token, by the work app."""
    return await desk.token(person.id, WORK_APP, scope)


def mended(body: dict[str, Any], field: str) -> list[tuple[str, str | None]]:
    """What a person can mend, by code and field."""
    return [(error["code"], error["field"]) for error in body["data"][field]["userErrors"]]


def refused(body: dict[str, Any]) -> list[str]:
    """The codes of the errors."""
    return [error["extensions"]["code"] for error in body.get("errors", [])]
