"""Signing in from inside the app and by QR code, over the sandbox."""

from typing import TYPE_CHECKING

import pytest

from connectors.errors import NotConfiguredError, RejectedInputError, SignInNeededError, UnexpectedAnswerError
from connectors.records.identity import Identity, TicketForm
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.signin import ZhezhengdingSignIn

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench


IN_APP, SCANNED = TicketForm.ZHEZHENGDING_APP, TicketForm.ZHEZHENGDING_QR


def signing_in(bench: "Bench") -> ZhezhengdingSignIn:
    """The source."""
    return ZhezhengdingSignIn(bench.settings, bench.client(), bench.scanning())


async def test_official_from_inside_the_app_is_known(bench: "Bench") -> None:
    """A4.2: the in-app code becomes the account on its tenant, with the employee code and no mobile."""
    person = bench.world.members[0].person
    assert person.work is not None
    signin = signing_in(bench)

    identity = await signin.sign_in(IN_APP, await bench.code(person.id), bench.ask())

    assert identity == Identity(
        platform="zhezhengding",
        subject=f"100001:{person.work.account_id}",
        name=person.name,
        tenant_id=100001,
        employee_code=person.work.employee_code,
    )


async def test_foreign_code_needs_another_sign_in(bench: "Bench") -> None:
    """A code nobody gave out signs nobody in."""
    signin = signing_in(bench)

    with pytest.raises(SignInNeededError):
        await signin.sign_in(IN_APP, "foreign", bench.ask())


async def test_who_scans_is_known(bench: "Bench") -> None:
    """A4.3: the QR page's code becomes the same account as the in-app code, by the other key pair's token."""
    person = bench.world.officials[0]
    signin = signing_in(bench)

    scanned = await signin.sign_in(SCANNED, await bench.code(person.id, "qr"), bench.ask())
    in_app = await signin.sign_in(IN_APP, await bench.code(person.id), bench.ask())

    assert scanned == in_app
    keys = [request.headers["apikey"] for request in bench.wire.requests if "rpc" in request.url.path]
    assert keys == [bench.settings.qr.appkey, bench.settings.appkey]
    assert bench.sandbox.calls["gettoken"] == 2


@pytest.mark.parametrize("form", [IN_APP, SCANNED])
async def test_a_code_is_used_once(bench: "Bench", form: TicketForm) -> None:
    """A4.2: the same code again, or an invented one, needs a new sign-in; so does a code of the other form."""
    signin, kinds = signing_in(bench), {IN_APP: "app", SCANNED: "qr"}
    code = await bench.code("official-0001", kinds[form])
    other = await bench.code("official-0001", next(kind for each, kind in kinds.items() if each is not form))
    await signin.sign_in(form, code, bench.ask())

    for refused in (code, other, "invented", ""):
        with pytest.raises(SignInNeededError):
            await signin.sign_in(form, refused, bench.ask())


async def test_a_super_administrator_has_no_employee_code(bench: "Bench") -> None:
    """A4.2: such an account is none of the tenant's employees."""
    identity = await signing_in(bench).sign_in(IN_APP, await bench.code("administrator-0001"), bench.ask())

    assert (identity.employee_code, identity.tenant_id) == (None, 100001)


async def test_older_answers_will_do(bench: "Bench") -> None:
    """A4.2, E3: without ``tenantId``, ``requestId`` and what else came later the identity is the same."""
    person = bench.world.officials[0].id
    newer = await signing_in(bench).sign_in(IN_APP, await bench.code(person), bench.ask())
    bench.set_up(sandbox={"older_answers": True, "data_as_string": True})

    older = await signing_in(bench).sign_in(IN_APP, await bench.code(person), bench.ask())

    assert older == newer
    assert isinstance(bench.wire.last["content"]["data"], str)
    assert "tenantId" not in bench.wire.last["content"]["data"]
    assert "requestId" not in bench.wire.last["content"]


async def test_a_code_outlives_an_ended_token(bench: "Bench") -> None:
    """F5: under a token that is refused the code stays good for later."""
    signin, code = signing_in(bench), await bench.code("official-0001")
    bench.sandbox.faults.put(Fault(FaultKind.EXPIRED_TOKEN))
    with pytest.raises(UnexpectedAnswerError):
        await signin.sign_in(IN_APP, code, bench.ask())
    bench.sandbox.faults.clear()

    assert (await signin.sign_in(IN_APP, code, bench.ask())).employee_code


async def test_another_platforms_ticket_is_refused(bench: "Bench") -> None:
    """It is not handed in anywhere."""
    with pytest.raises(RejectedInputError):
        await signing_in(bench).sign_in(TicketForm.ZHELIBAN_UNIFIED, "ticket", bench.ask())
    assert bench.wire.requests == []


async def test_without_the_second_key_pair_nobody_scans(bench: "Bench") -> None:
    """A1: QR login has keys of its own; without them that way is not configured, the other one is."""
    signin = ZhezhengdingSignIn(bench.settings, bench.client(), bench.scanning(qr={}))

    with pytest.raises(NotConfiguredError):
        await signin.sign_in(SCANNED, await bench.code("official-0001", "qr"), bench.ask())
    assert await signin.sign_in(IN_APP, await bench.code("official-0001"), bench.ask())
