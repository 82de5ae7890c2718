"""Proving a second factor, on either database."""

import asyncio
from datetime import timedelta

import pytest

from auth.factor.factors import Proved, Verdict
from auth.factor.totp import code_at
from tests.auth.factor.conftest import STEP, Bench
from tests.auth.platforms import CHEN_WORK


async def test_a_right_password_makes_the_session_better(bench: Bench) -> None:
    """``otp`` and ``mfa`` join its methods; level and ``sid`` stay; its cookie is a new one."""
    secret, _ = await bench.enrol(await bench.sign_in())
    session = await bench.sign_in()
    before = bench.cookie

    proved = await bench.factors.prove(session, code_at(secret, bench.clock()))

    assert proved.verdict is Verdict.PROVED
    better = await bench.current(proved.secret or "")
    assert better.proof.methods == ("mfa", "otp", "zhezhengding-app")
    assert (better.sid, better.proof.level) == (session.sid, session.proof.level)
    assert await bench.sessions.of(before) is None


@pytest.mark.parametrize("off", [-1, 0, 1])
async def test_a_step_is_used_once(bench: Bench, off: int) -> None:
    """The same password again is told apart from a wrong one, and does not count as one."""
    session = await bench.sign_in()
    secret, _ = await bench.enrol(session)
    shown = code_at(secret, bench.clock(), off)

    first, *again = [(await bench.factors.prove(session, shown)).verdict for _ in range(7)]

    assert first is Verdict.PROVED
    assert again == [Verdict.USED] * 6


async def test_a_step_before_the_latest_one_is_used_up_with_it(bench: Bench) -> None:
    """Who saw an earlier password cannot use it later."""
    session = await bench.sign_in()
    secret, _ = await bench.enrol(session)
    earlier, later = code_at(secret, bench.clock()), code_at(secret, bench.clock(), 1)

    verdicts = [(await bench.factors.prove(session, shown)).verdict for shown in (later, earlier)]

    assert verdicts == [Verdict.PROVED, Verdict.USED]


async def test_the_password_that_enrolled_proves_nothing_more(bench: Bench) -> None:
    """Its step was used."""
    session = await bench.sign_in()
    secret, _ = await bench.enrol(session)
    bench.clock.move(-2 * STEP)

    assert (await bench.factors.prove(session, code_at(secret, bench.clock()))).verdict is Verdict.USED


async def test_of_two_who_send_one_password_one_wins(bench: Bench) -> None:
    """At the same moment, too."""
    session = await bench.sign_in()
    secret, _ = await bench.enrol(session)
    shown = code_at(secret, bench.clock())

    both = await asyncio.gather(*(bench.factors.prove(session, shown) for _ in range(2)))

    assert {proved.verdict for proved in both} == {Verdict.PROVED, Verdict.USED}


async def test_a_recovery_code_works_once(bench: Bench) -> None:
    """However it is written; of two who send it at the same moment one wins."""
    session = await bench.sign_in()
    _, codes = await bench.enrol(session)

    written = codes[0].lower().replace("-", " ").replace("o", "0")
    both = await asyncio.gather(*(bench.factors.prove(session, written) for _ in range(2)))
    again = await bench.factors.prove(session, codes[0])

    assert sorted(proved.verdict.name for proved in both) == ["PROVED", "WRONG"]
    assert again.verdict is Verdict.WRONG
    held = await bench.factors.held(session.person_id)
    assert held is not None
    assert held.codes_left == 9


async def test_another_person_s_codes_are_wrong(bench: Bench) -> None:
    """Password and recovery code alike."""
    session = await bench.sign_in()
    secret, codes = await bench.enrol(session)
    other = await bench.sign_in(CHEN_WORK)
    await bench.enrol(other, "GE_chen")

    for typed in (code_at(secret, bench.clock()), codes[0]):
        assert (await bench.factors.prove(other, typed)).verdict is Verdict.WRONG


async def test_five_wrong_codes_lock_and_a_right_one_does_not_help(bench: Bench) -> None:
    """Until ten minutes have passed; the right one of that moment is good."""
    session = await bench.sign_in()
    secret, codes = await bench.enrol(session)

    wrong = [await bench.factors.prove(session, typed) for typed in ("000000", "", "xyz", codes[0][:-1], "9" * 300)]
    locked = [await bench.factors.prove(session, typed) for typed in (code_at(secret, bench.clock()), codes[0])]
    bench.clock.move(timedelta(seconds=600))
    after = await bench.factors.prove(session, code_at(secret, bench.clock()))

    assert [proved.verdict for proved in wrong] == [Verdict.WRONG] * 5
    assert [proved.until is not None for proved in wrong] == [False] * 4 + [True]
    assert [proved.verdict for proved in locked] == [Verdict.LOCKED] * 2
    assert after.verdict is Verdict.PROVED


async def test_guesses_at_once_are_no_more_than_guesses_in_a_row(bench: Bench) -> None:
    """Of twelve at one moment five are looked at."""
    session = await bench.sign_in()
    await bench.enrol(session)

    guesses = await asyncio.gather(*(bench.factors.prove(session, "000000") for _ in range(12)))

    verdicts = [proved.verdict for proved in guesses]
    assert (verdicts.count(Verdict.WRONG), verdicts.count(Verdict.LOCKED)) == (5, 7)


async def test_who_has_none_proves_none(bench: Bench) -> None:
    """Nothing is counted against them either."""
    session = await bench.sign_in()

    assert await bench.factors.prove(session, "000000") == Proved(Verdict.NONE_ENROLLED)
    assert await bench.factors.held(session.person_id) is None


async def test_a_session_that_ended_meanwhile_gets_no_better(bench: Bench) -> None:
    """Its browser has to sign in again."""
    session = await bench.sign_in()
    secret, _ = await bench.enrol(session)
    await bench.authority.endings.session(session.sid)

    proved = await bench.factors.prove(session, code_at(secret, bench.clock()))

    assert (proved.verdict, proved.secret) == (Verdict.SESSION_ENDED, None)


async def test_nothing_secret_shows(bench: Bench) -> None:
    """Neither in what is told nor in what is kept."""
    session = await bench.sign_in()
    secret, _ = await bench.enrol(session)

    proved = await bench.factors.prove(session, code_at(secret, bench.clock()))

    assert proved.secret is not None
    assert proved.secret not in repr(proved)
