"""The registry's reads: chunks, order, places, pages and pictures."""

from collections.abc import Callable
from types import SimpleNamespace

import httpx
import pytest

from connectors.errors import BadCursorError, NotFoundError, UnexpectedAnswerError
from connectors.ports import (
    CommitteeRegistry,
    FileSource,
    MemberLookup,
    MemberRegistry,
    ShiftSource,
    StudioRegistry,
)
from connectors.records.member import Member
from connectors.records.page import PageArgs
from connectors.records.studio import Studio
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask

Answering = Callable[[Callable[[httpx.Request], httpx.Response]], SimpleNamespace]


def test_every_source_is_its_port(duty: SimpleNamespace) -> None:
    """Each source offers the ability its class says."""
    assert isinstance(duty.studios, StudioRegistry)
    assert isinstance(duty.members, MemberRegistry)
    assert isinstance(duty.lookup, MemberLookup)
    assert isinstance(duty.committees, CommitteeRegistry)
    assert isinstance(duty.shifts, ShiftSource)
    assert isinstance(duty.portraits, FileSource)


async def test_many_keys_go_out_in_chunks(duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask) -> None:
    """250 keys are three calls at a hundred a call, and a second read makes none."""
    keys = [member.key for member in world.members[:250]]

    members = await duty.members.load_members(keys, ask)
    again = await duty.members.load_members(keys, ask)

    assert [member.key for member in members] == keys
    assert again == members
    assert sandbox.calls["members"] == 3


async def test_answers_stand_in_the_order_of_the_keys(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Unknown, impossible and repeated keys keep their places."""
    one, two = world.studios[0].key, world.studios[1].key

    entries = await duty.studios.load_studios([two, "S0", "a,b", one, "", two, "x" * 99], ask)

    assert [entry and entry.key for entry in entries] == [two, None, None, one, None, two, None]


async def test_impossible_keys_are_not_asked_for(duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """A key that would change the question for others does not leave the house."""
    assert await duty.studios.load_studios(["S1,S2", "S1&ids=S2", "委员"], ask) == [None, None, None]
    assert sandbox.calls.total() == 0


@pytest.mark.parametrize("body", ["[]", '{"rows": []}', '{"items": [{"name": "一"}]}', '{"items": [7]}', '{"items": ['])
async def test_an_answer_without_keys_costs_all(body: str, answering: Answering, ask: Ask) -> None:
    """When rows do not tell whose they are, no key is taken for unknown."""
    duty = answering(lambda _: httpx.Response(200, text=body))

    entries = await duty.studios.load_studios(["S1", "S2"], ask)

    assert [type(entry) for entry in entries] == [UnexpectedAnswerError] * 2


async def test_a_studio_as_the_registry_knows_it(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """A row carries its labels: convener, sector and committee by name."""
    seed = world.studios[3]

    [studio] = await duty.studios.load_studios([seed.key], ask)

    assert isinstance(studio, Studio)
    assert (studio.name, studio.category, studio.phone) == (seed.name, seed.category, seed.phone)
    assert (studio.region_key, studio.address) == (seed.committee.region_code, seed.address)
    assert (studio.organization.key, studio.organization.level) == (seed.committee.code, seed.committee.level)
    assert (studio.convener.key, studio.convener.name) == (seed.members[0].key, seed.members[0].person.name)


async def test_a_member_with_and_without_an_account(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """The official's key holds the directory node; without an account there is no official."""
    with_one = next(member for member in world.members if member.person.work)
    without = next(member for member in world.members if not member.person.work)

    member, other = await duty.members.load_members([with_one.key, without.key], ask)

    code = with_one.person.work.employee_code
    assert isinstance(member, Member)
    assert (member.tenant_id, member.employee_code) == (100001, code)
    assert member.official.key == f"{code}@{with_one.committee.directory_code}"
    assert (member.sector == with_one.sector) is (with_one.committee.level.value != "COUNTY")
    assert (other.tenant_id, other.employee_code, other.official) == (None, None, None)


async def test_pages_walk_all_members(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Page by page every member comes once, the convener first."""
    seed = max(world.studios, key=lambda studio: len(studio.members))
    seen: list[str] = []
    after, more = None, True

    while more:
        args = PageArgs(first=4, after=after, with_total=True)
        [page] = await duty.members.list_studio_members([seed.key], args, ask)
        seen += [member.key for member in page.nodes]
        after, more = page.end, page.has_next

    assert seen[0] == seed.members[0].key
    assert len(seen) == len(set(seen)) == page.total
    assert set(seen) == {member.key for member in seed.members}


async def test_pages_of_many_studios_are_one_call(
    duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """Forty studios' pages come together; a studio nobody knows has an empty one; a total only when wanted."""
    keys = [studio.key for studio in world.studios]

    pages = await duty.members.list_studio_members([*keys, "S0"], PageArgs(first=5), ask)

    assert [page.nodes[0].key for page in pages[:-1]] == [studio.members[0].key for studio in world.studios]
    assert all(len(page.nodes) == 5 and page.total is None for page in pages[:-1])
    assert (pages[-1].edges, pages[-1].has_next, pages[-1].total) == ((), False, None)
    assert sandbox.calls["studios.members"] == 1


@pytest.mark.parametrize("cursor", ["", "&first=9", "bm9uc2Vuc2U"])
async def test_a_cursor_that_is_none(cursor: str, duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Whoever notices it, gateway or platform: the input is refused."""
    args = PageArgs(first=5, after=cursor)

    [entry] = await duty.members.list_studio_members([world.studios[0].key], args, ask)

    assert isinstance(entry, BadCursorError)
    assert entry.upstream_code == "INVALID_CURSOR"


async def test_only_committees_are_committees(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """A bureau of the address book is none; a committee counts its members."""
    bureau = next(unit.code for unit in world.units if unit.code.startswith("GO_bu"))
    seed = world.committees[1]

    none, committee = await duty.committees.load_committees([bureau, seed.code], ask)

    assert none is None
    assert (committee.name, committee.level, committee.region_key) == (seed.name, seed.level, seed.region_code)
    assert committee.member_count == sum(member.committee is seed for member in world.members)


async def test_portraits(duty: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask) -> None:
    """Nine in ten members have a picture, which their path opens; it is not kept in memory."""
    members = await duty.members.load_members([member.key for member in world.members], ask)
    paths = [member.portrait_path for member in members if member.portrait_path]

    kind, body = await duty.portraits.open_file(paths[0], ask)
    again = await duty.portraits.open_file(paths[0], ask)

    assert 0.8 < len(paths) / len(members) < 0.97
    assert (kind, body[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert again == (kind, body)
    assert sandbox.calls["members.portrait"] == 2


@pytest.mark.parametrize(
    "path", ["", "/members/M1/portrait", "members/../studios", "members/M1/portrait?x=1", "members/M1,M2/portrait"]
)
async def test_paths_that_are_no_portraits(path: str, duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """A path opens a portrait and nothing else of the platform."""
    with pytest.raises(NotFoundError):
        await duty.portraits.open_file(path, ask)

    assert sandbox.calls.total() == 0


async def test_a_member_without_a_picture(duty: SimpleNamespace, ask: Ask) -> None:
    """The platform says that there is none."""
    with pytest.raises(NotFoundError):
        await duty.portraits.open_file("members/M0/portrait", ask)


async def test_only_pictures_come_through(answering: Answering, ask: Ask) -> None:
    """A page that answers where a picture should is not handed out."""
    duty = answering(lambda _: httpx.Response(200, html="<script>alert(1)</script>"))

    with pytest.raises(UnexpectedAnswerError):
        await duty.portraits.open_file("members/M1/portrait", ask)
