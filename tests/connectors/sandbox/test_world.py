"""The invented world: the same for the same seed, one person on all platforms, nobody who exists."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from connectors.records.studio import StudioCategory
from connectors.regions import REGIONS, lies_in
from connectors.sandbox.building import CHINA, build_world
from connectors.sandbox.world import Scale, World, opaque

TODAY = datetime(2026, 11, 22, 12, tzinfo=CHINA)


@pytest.fixture(scope="module")
def county() -> World:
    """Taizhou and its counties."""
    return build_world(today=TODAY)


@pytest.fixture(scope="module")
def province() -> World:
    """The whole province."""
    return build_world(scale=Scale.PROVINCE, today=TODAY)


def distinct(values: Iterable[object]) -> bool:
    """Whether no value comes twice."""
    listed = list(values)
    return len(listed) == len(set(listed))


def test_the_same_seed_is_the_same_world(county: World) -> None:
    """Seed, scale and day decide everything; another seed is another world."""
    assert build_world(today=TODAY) == county
    assert build_world(seed=1, today=TODAY).members != county.members


def test_the_day_moves_nothing_else(county: World) -> None:
    """People, keys and studios do not change from one day to the next."""
    later = build_world(today=TODAY + timedelta(days=100))

    assert (later.members, later.studios, later.officials) == (county.members, county.studios, county.officials)


def test_today_is_told_in_chinese_time() -> None:
    """Whatever zone the day is given in; without one, it is now."""
    world = build_world(today=datetime(2026, 11, 22, 20, tzinfo=UTC))

    assert world.today == datetime(2026, 11, 23, 4, tzinfo=CHINA)
    assert world.today.utcoffset() == timedelta(hours=8)
    assert abs(build_world().today - datetime.now(CHINA)) < timedelta(hours=1)


def test_sizes(county: World, province: World) -> None:
    """A county's world is Taizhou with its nine counties, a province's has 102 organisations and 27,000 people."""
    assert [len(part) for part in (county.committees, county.members, county.officials, county.studios)] == [
        10, 400, 600, 40,
    ]  # fmt: skip
    assert len(province.committees) == 102
    assert len(province.members) + len(province.officials) == 27_000


@pytest.mark.parametrize("name", ["county", "province"])
def test_keys_and_accounts_are_nobody_elses(name: str, request: pytest.FixtureRequest) -> None:
    """No two people share an account, a number or a key; codes of units and keys of studios are single."""
    world: World = request.getfixturevalue(name)
    persons = world.persons
    works = [person.work for person in persons if person.work]

    assert distinct(person.id for person in persons)
    assert distinct(person.id_number for person in persons)
    assert distinct(person.mobile for person in persons)
    assert distinct(person.user_id for person in persons if person.user_id)
    assert distinct(work.employee_code for work in works)
    assert distinct(work.account_id for work in works)
    assert distinct(member.key for member in world.members)
    assert distinct(studio.key for studio in world.studios)
    assert distinct(unit.code for unit in world.units)


def test_nobody_exists(county: World) -> None:
    """ID numbers carry a region that is none and mobiles a range for inventions; neither is printed."""
    for person in county.persons:
        assert len(person.id_number) == 18
        assert person.id_number.startswith("0000001900")
        assert person.mobile.startswith("1380000")
        assert person.id_number not in repr(person)
        assert person.mobile not in repr(person)


def test_units_stand_in_one_tree(county: World) -> None:
    """Every unit's parent is there, and every post belongs to units that are."""
    codes = {unit.code for unit in county.units}

    assert [unit.code for unit in county.units if unit.parent_code is None] == ["GO_root"]
    assert all(unit.parent_code in codes for unit in county.units if unit.parent_code)
    for person in county.persons:
        assert person.work is None or {person.work.unit_code, person.work.organization_code} <= codes


def test_members_post_is_listed_in_the_directory(county: World) -> None:
    """A member's post stands under the node of the CPPCC directory; some members have no account at all."""
    works = [(member, member.person.work) for member in county.members if member.person.work]

    assert 0.85 < len(works) / len(county.members) < 0.95
    assert all(work.organization_code == member.committee.directory_code for member, work in works)
    assert all(("official" in member.person.roles) == (member.person.work is not None) for member in county.members)


def test_studios_have_their_committees_members(county: World) -> None:
    """Five to fourteen members of the same committee, each once; every category is there."""
    for studio in county.studios:
        assert 5 <= len(studio.members) <= 14
        assert distinct(member.key for member in studio.members)
        assert {member.committee.code for member in studio.members} == {studio.committee.code}
        assert lies_in(studio.committee.region_code, "331000")
    assert {studio.category for studio in county.studios} == set(StudioCategory)
    assert {committee.region_code for committee in county.committees} <= REGIONS.keys()


def test_every_role_has_somebody(county: World) -> None:
    """One can be anything in the sandbox."""
    roles = {role for person in county.persons for role in person.roles}

    assert roles == {"citizen", "member", "official", "staff", "moderator", "ops"}


def test_each_purpose_has_its_own_chance(county: World) -> None:
    """What one platform draws does not shift when another draws more."""
    alone = county.random("questions").random()

    county.random("shifts").random()

    assert county.random("questions").random() == alone != county.random("shifts").random()


def test_opaque_ids_are_stable_and_tell_nothing() -> None:
    """The same serial gives the same 32 digits; another kind or seed gives others."""
    assert opaque("user", 1, 7) == opaque("user", 1, 7)
    assert distinct([opaque("user", 1, 7), opaque("user", 2, 7), opaque("employee", 1, 7), opaque("user", 1, 8)])
    assert len(opaque("user", 1, 7)) == 32
