"""Officials and posts by key, over the sandbox: order, calls, chunks, what fails alone."""

from typing import TYPE_CHECKING

from connectors.errors import NotConfiguredError, PlatformError, UnexpectedAnswerError
from connectors.records.official import Official, Position
from connectors.records.organization import OrganizationRef
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.directory.officials import ZhezhengdingOfficials

if TYPE_CHECKING:
    from connectors.sandbox.world import Account, World
    from tests.connectors.zhezhengding.conftest import Bench


def officials(bench: "Bench", **changes: object) -> ZhezhengdingOfficials:
    """The source of officials with an empty cache."""
    return ZhezhengdingOfficials(bench.settings, bench.calls(**changes), bench.reader())


def member_accounts(world: "World") -> "list[Account]":
    """The accounts of members, all listed in one directory."""
    return [member.person.work for member in world.members if member.person.work]


def directory_key(account: "Account") -> str:
    """The key under which the duty registry knows the person."""
    return f"{account.employee_code}@{account.organization_code}"


async def test_officials_of_many_members_cost_two_calls(bench: "Bench") -> None:
    """A hundred keys of one directory are one call for the people and one for their posts; again, none."""
    accounts = member_accounts(bench.world)[:100]
    source, keys = officials(bench), [directory_key(account) for account in accounts]

    found = await source.load_officials(keys, bench.ask())
    again = await source.load_officials(list(reversed(keys)), bench.ask())

    assert bench.sandbox.calls == {"listEmployeesByCodes": 1, "listOrgEmployeePositionsByCodes": 1}
    assert list(reversed(again)) == found
    for account, key, official in zip(accounts, keys, found, strict=True):
        assert isinstance(official, Official)
        assert (official.key, official.title, official.office_phone) == (key, account.title, account.office_phone)
        assert official.organization == OrganizationRef(key=account.unit_code)


async def test_more_than_a_hundred_keys_go_out_in_chunks(bench: "Bench") -> None:
    """The platform takes a hundred codes a call; 250 keys are three calls of each kind."""
    keys = [directory_key(account) for account in member_accounts(bench.world)[:250]]

    found = await officials(bench).load_officials(keys, bench.ask())

    assert all(isinstance(official, Official) for official in found)
    assert bench.sandbox.calls == {"listEmployeesByCodes": 3, "listOrgEmployeePositionsByCodes": 3}


async def test_bare_keys_need_a_call_each_for_their_posts(bench: "Bench") -> None:
    """Bare and directory keys mix; the same person under two keys is asked once."""
    first, second = member_accounts(bench.world)[:2]
    keys = [first.employee_code, directory_key(first), second.employee_code]

    found = await officials(bench).load_officials(keys, bench.ask())

    assert [official.key for official in found if isinstance(official, Official)] == keys
    assert {official.title for official in found[:2] if isinstance(official, Official)} == {first.title}
    assert bench.sandbox.calls == {
        "listEmployeesByCodes": 1,
        "listOrgEmployeePositionsByCodes": 1,
        "listEmployeePositionsByEmployeeCode": 2,
    }


async def test_those_unknown_or_gone_are_none_in_their_place(bench: "Bench") -> None:
    """Invented keys, keys without a code and people who left are None; the others keep their places."""
    account = member_accounts(bench.world)[0]
    gone = await bench.asked(
        "/mozi/organization/pageOrganizationEmployeePositions",
        {"organizationCode": await organization_with_gone(bench), "employeeStatus": "F", "tenantId": 100001},
    )
    left = gone["content"]["data"][0]["employeeCode"]

    keys = ["", "@GO_x", "GE_nobody", left, account.employee_code, " @ ", f"{account.employee_code}@GO_elsewhere"]
    found = await officials(bench).load_officials(keys, bench.ask())

    assert [entry is None for entry in found] == [True, True, True, True, False, True, False]
    elsewhere = found[-1]
    assert isinstance(elsewhere, Official)
    assert elsewhere.title is None


async def organization_with_gone(bench: "Bench") -> str:
    """Some unit somebody left."""
    for unit in bench.world.units:
        page = await bench.asked(
            "/mozi/organization/pageOrganizationEmployeePositions",
            {"organizationCode": unit.code, "employeeStatus": "F", "tenantId": 100001},
        )
        if page["content"]["data"]:
            return unit.code
    raise AssertionError


async def test_failing_posts_fail_only_whom_they_concern(bench: "Bench") -> None:
    """With the directory's posts failing, its officials are errors and bare keys are whole; errors are not kept."""
    account = member_accounts(bench.world)[0]
    source, keys = officials(bench), [directory_key(account), account.employee_code, "GE_nobody@GO_x"]
    bench.sandbox.faults.put(Fault(FaultKind.HTTP500, "listOrgEmployeePositionsByCodes"))

    broken = await source.load_officials(keys, bench.ask())
    bench.sandbox.faults.clear()
    whole = await source.load_officials(keys, bench.ask())

    assert isinstance(broken[0], UnexpectedAnswerError)
    assert isinstance(broken[1], Official)
    assert broken[2] is None
    assert isinstance(whole[0], Official)


async def test_failing_people_fail_the_whole_chunk(bench: "Bench") -> None:
    """Without the people there is nothing to show: every key of the chunk is the error."""
    bench.sandbox.faults.put(Fault(FaultKind.GARBAGE, "listEmployeesByCodes"))

    found = await officials(bench).load_officials(["GE_1", "GE_2@GO_1"], bench.ask())

    assert all(isinstance(entry, UnexpectedAnswerError) for entry in found)


async def test_posts_for_sign_in_are_never_kept(bench: "Bench") -> None:
    """All posts of each employee code, read anew each time; somebody unknown holds none."""
    account = member_accounts(bench.world)[0]
    source = officials(bench)

    first = await source.load_positions([account.employee_code, "GE_nobody", ""], bench.ask())
    await source.load_positions([account.employee_code], bench.ask())

    assert not isinstance(first[0], PlatformError)
    assert [(p.organization_code, p.main) for p in first[0]] == [
        (account.organization_code, True),
        (account.unit_code, False),
    ]
    assert all(isinstance(position, Position) for position in first[0])
    assert list(first[1:]) == [(), ()]
    assert bench.sandbox.calls == {"listEmployeePositionsByEmployeeCode": 3}


async def test_schema_drift_costs_fields(bench: "Bench") -> None:
    """With fields renamed, missing and retyped people and posts are there; what cannot be read is the error."""
    account = member_accounts(bench.world)[0]
    bench.sandbox.faults.put(Fault(FaultKind.SCHEMA_DRIFT))

    (official,) = await officials(bench).load_officials([directory_key(account)], bench.ask())
    (posts,) = await officials(bench).load_positions([account.employee_code], bench.ask())

    assert isinstance(official, Official)
    assert (official.employee_code, official.title) == (account.employee_code, account.title)
    assert not isinstance(posts, PlatformError)
    assert [post.organization_code for post in posts] == [account.organization_code, account.unit_code]
    assert all(isinstance(post.main, UnexpectedAnswerError) for post in posts)


async def test_a_person_who_lost_their_key_is_no_unknown_one(bench: "Bench") -> None:
    """Where a row does not tell whose it is, who is missing is an error, not None."""
    account = member_accounts(bench.world)[0]
    bench.wire.answer = lambda body: body.replace(b'"employeeCode"', b'"code"')

    (official,) = await officials(bench).load_officials([directory_key(account)], bench.ask())

    assert isinstance(official, UnexpectedAnswerError)


async def test_what_decides_rights_fails_closed(bench: "Bench") -> None:
    """Posts read at sign-in whose unit cannot be read are an error: nobody becomes staff by half an answer."""
    account = member_accounts(bench.world)[0]
    bench.wire.answer = lambda body: body.replace(b'"empPosUnitCode":"', b'"empPosUnitCode":5,"x":"')

    (posts,) = await officials(bench).load_positions([account.employee_code], bench.ask())

    assert isinstance(posts, UnexpectedAnswerError)


async def test_not_configured_is_an_error_for_every_key(bench: "Bench") -> None:
    """A platform that is not connected answers every key at once, without any call."""
    found = await officials(bench, appkey="").load_officials(["GE_1", "GE_2@GO_1"], bench.ask())

    assert all(isinstance(entry, NotConfiguredError) for entry in found)
    assert bench.wire.requests == []
