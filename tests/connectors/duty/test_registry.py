"""Members, studios, committees and regions beyond a studio's page: one call for what a page shows."""

from types import SimpleNamespace

from connectors.records.activity import ActivityQuery
from connectors.records.member import MemberOrder, MemberQuery
from connectors.records.organization import OrganizationLevel
from connectors.records.page import PageArgs
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.people import as_member


async def test_fifty_officials_in_one_call(duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask) -> None:
    """Who of an office's people is a member (operation 16): members by employee code, None for the others."""
    members = [member for member in world.members if member.person.work][:30]
    officials = [person for person in world.officials if person.work][:20]
    codes = [member.person.work.employee_code for member in members] + [p.work.employee_code for p in officials]

    found = await duty.members.load_members_by_employee(codes, ask)

    assert [member.key for member in found[:30]] == [member.key for member in members]
    assert found[30:] == [None] * 20
    assert sandbox.calls["members.byEmployees"] == 1


async def test_a_members_day_in_four_calls(duty: SimpleNamespace, sandbox: SandboxApp, world: World) -> None:
    """Operation 03's part of this platform: the member, their studios, their score, what comes next."""
    me = next(member for studio in world.studios for member in studio.members)
    asker = as_member(me)
    sandbox.calls.clear()

    [member] = await duty.members.load_members([me.key], asker)
    [studios] = await duty.studios.list_member_studios([me.key], asker)
    [score] = await duty.scores.load_duty_scores([me.key], world.today.year, asker)
    query, page = ActivityQuery(upcoming=True), PageArgs(first=5)
    [activities] = await duty.activities.list_member_activities([me.key], query, page, asker)

    assert member.key == score.key == me.key
    assert {studio.key for studio in studios} == {s.key for s in world.studios if me in s.members}
    assert activities.nodes[0].venue
    del sandbox.calls["token"]
    assert sandbox.calls == dict.fromkeys(("members", "members.studios", "members.scores", "members.activities"), 1)


async def test_the_list_of_members(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """By region with what lies in it, committee, sector and part of a name; in two orders; a cursor is of its order."""
    county = next(c for c in world.committees if c.level is OrganizationLevel.COUNTY)
    of_county = MemberQuery(region_key=county.region_code)
    by_name = MemberQuery(region_key=county.region_code, order=MemberOrder.NAME_ASC)
    page = PageArgs(first=100, with_total=True)

    [everybody] = await duty.members.list_members([MemberQuery()], page, ask)
    [region, named, committee] = await duty.members.list_members(
        [of_county, by_name, MemberQuery(organization_key=county.code)], page, ask
    )
    sector = region.nodes[0].sector
    [of_sector] = await duty.members.list_members(
        [MemberQuery(region_key=county.region_code, sector_code=sector.code)], page, ask
    )
    [found] = await duty.members.list_members([MemberQuery(name=region.nodes[0].name[:2])], page, ask)
    [foreign] = await duty.members.list_members([by_name], PageArgs(first=5, after=region.end), ask)

    keys = {member.key for member in region.nodes}
    assert everybody.total == len(world.members)
    assert keys == {m.key for m in world.members if m.committee is county} == {m.key for m in committee.nodes}
    assert [m.name for m in named.nodes] == sorted(m.name for m in named.nodes)
    assert {m.key for m in named.nodes} == keys
    assert 0 < of_sector.total < region.total
    assert {m.sector for m in of_sector.nodes} == {sector}
    assert all(region.nodes[0].name[:2] in m.name for m in found.nodes)
    assert foreign.upstream_code == "INVALID_CURSOR"


async def test_tables_of_sectors(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """The city keeps the 34 of the national committee, a county makes 16 of them; members stand for what is in theirs."""
    city, county = world.committees[0], world.committees[1]

    of_city, of_county, none = await duty.committees.list_sectors([city.code, county.code, "GO_1"], None, ask)
    [other_term] = await duty.committees.list_sectors([county.code], 13, ask)
    members = await duty.members.load_members([m.key for m in world.members if m.committee is county], ask)

    assert (len(of_city), len(of_county), none, other_term) == (34, 16, (), ())
    assert [entry.order for entry in of_county] == list(range(1, 17))
    assert {code for entry in of_county for code in entry.national_codes} == {entry.code for entry in of_city}
    assert {member.sector.code for member in members} <= {entry.code for entry in of_county}


async def test_levels_and_children(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """A city's committee has the counties' below it, a county's the townships' liaison groups."""
    city, county = world.committees[0], world.committees[1]

    below_city, below_county = await duty.committees.list_committee_children([city.code, county.code], ask)
    [group] = await duty.committees.load_committees([below_county[0].key], ask)

    assert {child.level for child in below_city} == {OrganizationLevel.COUNTY}
    assert (group.level, group.parent_key) == (OrganizationLevel.TOWNSHIP, county.code)
    assert sum(child.member_count for child in below_county) == sum(m.committee is county for m in world.members)
    assert sum(child.studio_count for child in below_city) <= len(world.studios)


async def test_portals(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Applications, brands and the level above, which the uppermost here does not have."""
    city, county = world.committees[0], world.committees[1]

    of_city, of_county = await duty.committees.load_portals([city.code, county.code], ask)

    assert of_city.above is None
    assert (of_county.above.key, of_county.above.name) == (city.code, city.name)
    assert all(app.path.startswith("/") for app in of_county.apps)
    assert of_county.brands[0].slogan


async def test_counts_of_regions_in_one_call(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """A city counts what lies in it; a region without a committee is not known, a key that is no region not asked for."""
    codes = [committee.region_code for committee in world.committees]

    found = await duty.committees.load_region_counts([*codes, "110000", "GO_1"], ask)

    assert (found[0].member_count, found[0].studio_count) == (len(world.members), len(world.studios))
    assert sum(each.studio_count for each in found[1:-2]) < len(world.studios)
    assert found[-2:] == [None, None]
    assert sandbox.calls["regions.counts"] == 1


async def test_a_studios_standing(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Its kind, stars from three to five or none yet, tags, and the studios it works together with."""
    studios = await duty.studios.load_studios([studio.key for studio in world.studios], ask)

    assert {studio.star_rating for studio in studios} <= {None, 3, 4, 5}
    assert all(studio.kind and len(studio.tags) == 2 for studio in studios)
    assert [s.member_count for s in studios] == [len(s.members) for s in world.studios]
    joint = [other for studio in studios for other in studio.joint_studios]
    assert joint
    assert {other.key for other in joint} <= {studio.key for studio in world.studios}
