"""Getting an authenticator, on either database."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.factor.enrolment import EnrolmentError, Fault
from auth.factor.factors import Verdict
from auth.factor.totp import code_at
from auth.sessions import Session
from auth.store.moments import now
from auth.store.tables import EnrolmentCodeRow, RecoveryCodeRow, SecondFactorRow
from tests.auth.factor.conftest import STEP, Bench
from tests.auth.platforms import CHEN_WORK


async def fault_of(bench: Bench, session: Session, code: str | None) -> Fault:
    """Why nothing is offered."""
    with pytest.raises(EnrolmentError) as refused:
        await bench.enrolment.begin(session, code)
    return refused.value.fault


async def test_an_operator_s_code_enrols_once(bench: Bench) -> None:
    """The session is proved by the first password; ten recovery codes are told; the code is used up."""
    session = await bench.sign_in()
    invitation = await bench.second.roster.invite("zhezhengding", "GE_zhou")

    offer = await bench.enrolment.begin(session, f" {invitation.code} ")
    enrolled = await bench.enrolment.finish(session, offer.sealed, code_at(offer.secret, bench.clock()))

    better = await bench.current(enrolled.secret)
    assert better.proof.methods == ("mfa", "otp", "zhezhengding-app")
    assert len(set(enrolled.codes)) == 10
    again = await bench.sign_in()
    await bench.second.removal.by_operator("zhezhengding", "GE_zhou")
    assert await fault_of(bench, again, invitation.code) is Fault.BAD_CODE


async def test_no_other_code_enrols(bench: Bench) -> None:
    """None, an invented one, another account's, one that ended, one that was followed by another: all alike."""
    session = await bench.sign_in()
    await bench.sign_in(CHEN_WORK)
    others = await bench.second.roster.invite("zhezhengding", "GE_chen")
    elsewhere = await bench.second.roster.invite("duty", "GE_zhou")
    followed = await bench.second.roster.invite("zhezhengding", "GE_zhou")
    ended = await bench.second.roster.invite("zhezhengding", "GE_zhou")
    over = update(EnrolmentCodeRow).where(EnrolmentCodeRow.holder == "GE_zhou").values(expires_at=now())
    await bench.ground.database.write(lambda database: database.execute(over))

    for code in (None, "", "invented", others.code, elsewhere.code, followed.code, ended.code):
        assert await fault_of(bench, session, code) is Fault.BAD_CODE


async def test_of_two_browsers_with_one_code_one_enrols(bench: Bench) -> None:
    """The other's key is not taken."""
    first, second = await bench.sign_in(), await bench.sign_in()
    code = (await bench.second.roster.invite("zhezhengding", "GE_zhou")).code
    offers = [await bench.enrolment.begin(session, code) for session in (first, second)]
    shown = [code_at(offer.secret, bench.clock()) for offer in offers]

    both = await asyncio.gather(
        bench.enrolment.finish(first, offers[0].sealed, shown[0]),
        bench.enrolment.finish(second, offers[1].sealed, shown[1]),
        return_exceptions=True,
    )

    assert sum(isinstance(enrolled, EnrolmentError) for enrolled in both) == 1


async def test_a_wrong_first_password_uses_nothing_up(bench: Bench) -> None:
    """The same offer is finished by a right one."""
    session = await bench.sign_in()
    offer = await bench.enrolment.begin(session, (await bench.second.roster.invite("zhezhengding", "GE_zhou")).code)

    with pytest.raises(EnrolmentError) as refused:
        await bench.enrolment.finish(session, offer.sealed, "000000")
    assert refused.value.fault is Fault.WRONG_PASSWORD
    again = bench.enrolment.reopened(session, offer.sealed)

    assert again == offer
    assert await bench.enrolment.finish(session, again.sealed, code_at(again.secret, bench.clock()))


async def test_an_offer_is_one_session_s_and_ten_minutes_good(bench: Bench) -> None:
    """Another browser cannot finish it, nor can somebody come back to it later."""
    session, other = await bench.sign_in(), await bench.sign_in()
    offer = await bench.enrolment.begin(session, (await bench.second.roster.invite("zhezhengding", "GE_zhou")).code)
    password = code_at(offer.secret, bench.clock())

    for asking, sealed in ((other, offer.sealed), (session, offer.sealed[:-6] + "AAAA=="), (session, "invented")):
        with pytest.raises(EnrolmentError) as refused:
            await bench.enrolment.finish(asking, sealed, password)
        assert refused.value.fault is Fault.OFFER_ENDED
    bench.clock.move(timedelta(minutes=10))
    with pytest.raises(EnrolmentError) as late:
        await bench.enrolment.finish(session, offer.sealed, code_at(offer.secret, bench.clock()))
    assert late.value.fault is Fault.OFFER_ENDED


async def test_to_change_it_the_old_one_is_proved_first(bench: Bench) -> None:
    """A sign-in alone is not enough, an operator's code neither; other sessions forget what the old one proved."""
    session = await bench.sign_in()
    await bench.enrol(session)
    proved = await bench.current(bench.cookie)
    elsewhere = await bench.sign_in()
    code = (await bench.second.roster.invite("zhezhengding", "GE_zhou")).code
    assert await fault_of(bench, elsewhere, code) is Fault.FACTOR_NEEDED
    long_ago = replace(proved, proof=replace(proved.proof, at=proved.proof.at - 901))
    assert await fault_of(bench, long_ago, None) is Fault.FACTOR_NEEDED

    offer = await bench.enrolment.begin(proved, None)
    changed = await bench.enrolment.finish(proved, offer.sealed, code_at(offer.secret, bench.clock()))
    bench.clock.move(2 * STEP)

    assert (await bench.current(changed.secret)).proof.methods == ("mfa", "otp", "zhezhengding-app")
    assert (await bench.factors.prove(elsewhere, code_at(offer.secret, bench.clock()))).verdict is Verdict.PROVED


async def test_a_changed_authenticator_leaves_other_sessions_without_its_proof(bench: Bench) -> None:
    """They were proved by one that may be lost."""
    secret, _ = await bench.enrol(await bench.sign_in())
    here = await bench.current(bench.cookie)
    elsewhere = await bench.factors.prove(await bench.sign_in(), code_at(secret, bench.clock()))
    bench.clock.move(2 * STEP)

    offer = await bench.enrolment.begin(here, None)
    await bench.enrolment.finish(here, offer.sealed, code_at(offer.secret, bench.clock()))

    assert (await bench.current(elsewhere.secret or "")).proof.methods == ("zhezhengding-app",)


async def test_new_recovery_codes_end_the_old(bench: Bench) -> None:
    """They are given to a fresh factor only."""
    session = await bench.sign_in()
    _, old = await bench.enrol(session)
    with pytest.raises(EnrolmentError):
        await bench.enrolment.renew_codes(session)

    proved = await bench.current(bench.cookie)
    new = await bench.enrolment.renew_codes(proved)

    assert not set(old) & set(new)
    verdicts = [(await bench.factors.prove(proved, code)).verdict for code in (old[0], new[0])]
    assert verdicts == [Verdict.WRONG, Verdict.PROVED]


async def test_keys_and_codes_are_not_kept_as_they_are(bench: Bench) -> None:
    """The key is sealed, recovery codes and enrolment codes are digests."""
    session = await bench.sign_in()
    secret, codes = await bench.enrol(session)

    factor = await bench.ground.database.read(lambda database: database.get(SecondFactorRow, session.person_id))
    digests = await bench.ground.database.read(_digests)

    assert factor is not None
    assert secret not in factor.sealed_secret
    assert len(digests) == 11
    assert not any(code.replace("-", "") in digest for code in codes for digest in digests)


async def _digests(session: AsyncSession) -> list[str]:
    recovery = await session.scalars(select(RecoveryCodeRow.digest))
    return [*recovery, *await session.scalars(select(EnrolmentCodeRow.digest))]
