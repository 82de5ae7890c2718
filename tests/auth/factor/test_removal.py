"""Taking a second factor off, on either database."""

import pytest

from auth.factor.enrolment import EnrolmentError, Fault
from auth.factor.factors import Verdict
from auth.factor.totp import code_at
from tests.auth.factor.conftest import Bench


async def test_its_owner_removes_it_after_proving_it(bench: Bench) -> None:
    """Not by a sign-in alone; afterwards no session has it, and the recovery codes are gone."""
    session = await bench.sign_in()
    _, codes = await bench.enrol(session)
    with pytest.raises(EnrolmentError) as refused:
        await bench.second.removal.by_owner(session)
    assert refused.value.fault is Fault.FACTOR_NEEDED

    await bench.second.removal.by_owner(await bench.current(bench.cookie))

    assert await bench.factors.held(session.person_id) is None
    assert (await bench.current(bench.cookie)).proof.methods == ("zhezhengding-app",)
    assert (await bench.factors.prove(session, codes[0])).verdict is Verdict.NONE_ENROLLED


async def test_an_operator_takes_off_factor_and_lock_and_signs_out(bench: Bench) -> None:
    """What the person had open is over; a new code lets them enrol again at once."""
    session = await bench.sign_in()
    secret, _ = await bench.enrol(session)
    for _ in range(5):
        await bench.factors.prove(session, "000000")

    done = await bench.second.removal.by_operator("zhezhengding", "GE_zhou")

    assert done
    assert await bench.sessions.of(bench.cookie) is None
    again = await bench.sign_in()
    assert (await bench.factors.prove(again, code_at(secret, bench.clock()))).verdict is Verdict.NONE_ENROLLED
    new, _ = await bench.enrol(again)
    assert (await bench.factors.prove(again, code_at(new, bench.clock()))).verdict is Verdict.PROVED


async def test_a_code_nobody_used_is_taken_back_too(bench: Bench) -> None:
    """It no longer enrols; there is nothing left to take back."""
    session = await bench.sign_in()
    code = (await bench.second.roster.invite("zhezhengding", "GE_zhou")).code

    first = await bench.second.removal.by_operator("zhezhengding", "GE_zhou")
    second = await bench.second.removal.by_operator("zhezhengding", "GE_zhou")

    assert (first, second) == (True, False)
    again = await bench.sign_in()
    assert again.person_id == session.person_id
    with pytest.raises(EnrolmentError):
        await bench.enrolment.begin(again, code)
