"""Which account belongs to whom, over the sandbox."""

from typing import TYPE_CHECKING

from connectors.errors import UnexpectedAnswerError
from connectors.records.official import OfficialAccount
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.directory.accounts import ZhezhengdingAccounts

if TYPE_CHECKING:
    from connectors.sandbox.world import Account, PersonSeed
    from tests.connectors.zhezhengding.conftest import Bench


def accounts(bench: "Bench") -> ZhezhengdingAccounts:
    """The source with an empty cache."""
    return ZhezhengdingAccounts(bench.settings, bench.calls(), bench.reader())


def workers(bench: "Bench") -> "list[tuple[PersonSeed, Account]]":
    """Everybody on the work app."""
    return [(person, person.work) for person in bench.world.persons if person.work]


def account_of(account: "Account") -> OfficialAccount:
    """The record of an account."""
    return OfficialAccount(key=account.employee_code, account_id=account.account_id)


async def test_accounts_by_employee_come_in_chunks_of_a_hundred(bench: "Bench") -> None:
    """A5: at most a hundred codes a call; unknown and blank ones are None; kept a while."""
    people = [work for _, work in workers(bench)[:150]]
    source, keys = accounts(bench), [work.employee_code for work in people]

    found = await source.load_account_ids(["GE_no", *keys, " "], bench.ask())
    await source.load_account_ids(keys, bench.ask())

    assert found == [None, *map(account_of, people), None]
    assert bench.sandbox.calls == {"listEmployeeAccountIds": 2}


async def test_accounts_by_mobile_come_in_chunks_of_fifty(bench: "Bench") -> None:
    """A5: at most fifty numbers a call, comma-joined; what is no number is not sent; nothing is kept."""
    people = workers(bench)[:60]
    source, mobiles = accounts(bench), [person.mobile for person, _ in people]

    found = await source.find_officials_by_mobile([*mobiles, "13900000000", "1,2", ""], bench.ask())
    await source.find_officials_by_mobile(mobiles[:1], bench.ask())

    assert found == [*(account_of(work) for _, work in people), None, None, None]
    assert bench.sandbox.calls == {"get_by_mobiles": 3}


async def test_numbers_stand_in_no_error(bench: "Bench") -> None:
    """A failure fills each place and tells no number."""
    mobile = workers(bench)[0][0].mobile
    bench.sandbox.faults.put(Fault(FaultKind.GARBAGE))

    (error,) = await accounts(bench).find_officials_by_mobile([mobile], bench.ask())

    assert isinstance(error, UnexpectedAnswerError)
    assert mobile not in f"{error!r} {error} {error.detail}"


async def test_an_account_that_cannot_be_read_is_an_error(bench: "Bench") -> None:
    """An id of no form is of no use; a row that lost its number or its code makes who is missing doubtful."""
    (person, work), source = workers(bench)[0], accounts(bench)
    bench.wire.answer = lambda body: body.replace(b'"accountId":', b'"accountId":"x","was":')
    wrong = await source.load_account_ids([work.employee_code], bench.ask())
    bench.wire.answer = lambda body: body.replace(b'"employeeCode":', b'"code":')
    lost = await source.load_account_ids([work.employee_code], bench.ask())
    bench.wire.answer = lambda body: body.replace(b'"mobile":', b'"phone":')
    numberless = await source.find_officials_by_mobile([person.mobile], bench.ask())

    assert all(isinstance(answer[0], UnexpectedAnswerError) for answer in (wrong, lost, numberless))
