"""Unified sign-on: tickets become identities, once."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.errors import (
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    UnexpectedAnswerError,
)
from connectors.records.identity import Identity, TicketForm
from connectors.sandbox.world import World
from connectors.viewer import Ask

UNIFIED = TicketForm.ZHELIBAN_UNIFIED
Asking = Callable[..., Ask]
Connect = Callable[..., SimpleNamespace]


async def test_a_ticket_becomes_an_identity(
    platform: SimpleNamespace, ticket: Any, world: World, asking: Asking
) -> None:
    """A real-named citizen is known by account, with number and mobile for the linking that follows."""
    citizen = world.citizens[0]

    identity = await platform.sign_in.sign_in(UNIFIED, await ticket(citizen.id), asking())

    assert identity == Identity(
        platform="zheliban",
        subject=citizen.user_id or "",
        name=citizen.name,
        level=2,
        id_number=citizen.id_number,
        mobile=citizen.mobile,
    )
    assert citizen.id_number not in repr(identity)


async def test_a_ticket_is_used_once(platform: SimpleNamespace, ticket: Any, asking: Asking) -> None:
    """A second use of a ticket asks for a new sign-in."""
    used = await ticket("citizen-0001")
    await platform.sign_in.sign_in(UNIFIED, used, asking())

    with pytest.raises(SignInNeededError) as caught:
        await platform.sign_in.sign_in(UNIFIED, used, asking())

    assert caught.value.upstream_code == "C-USER-SSO-TICKET-INVALID"
    assert used not in str(caught.value)


async def test_another_application_cannot_use_a_ticket(
    platform: SimpleNamespace, misconfigured: Connect, ticket: Any, asking: Asking
) -> None:
    """A ticket of another application is invalid, and stays good for its own."""
    other = misconfigured(app_id="2000000002")
    issued = await ticket("citizen-0001")

    with pytest.raises(SignInNeededError):
        await other.sign_in.sign_in(UNIFIED, issued, asking())

    assert await platform.sign_in.sign_in(UNIFIED, issued, asking())


async def test_a_refused_signature_uses_no_ticket(
    platform: SimpleNamespace, misconfigured: Connect, ticket: Any, asking: Asking
) -> None:
    """A call that IRS refuses never reaches the sign-on."""
    issued = await ticket("citizen-0001")

    with pytest.raises(RefusedSignatureError):
        await misconfigured(access_key="DEMO_AK_other").sign_in.sign_in(UNIFIED, issued, asking())

    assert await platform.sign_in.sign_in(UNIFIED, issued, asking())


async def test_an_unknown_ticket_asks_for_a_sign_in(platform: SimpleNamespace, asking: Asking) -> None:
    """What was never issued is as good as used."""
    with pytest.raises(SignInNeededError):
        await platform.sign_in.sign_in(UNIFIED, "never-issued", asking())


async def test_another_form_is_refused_without_a_call(platform: SimpleNamespace, asking: Asking) -> None:
    """A code of another platform is not handed to this one."""
    with pytest.raises(RejectedInputError):
        await platform.sign_in.sign_in(TicketForm.ZHEZHENGDING_APP, "code", asking())

    assert platform.requests == []


PERSON = {"userId": "u-demo-0001", "userName": "测试甲", "idType": "ID_CARD", "idNo": "000000190001010000", "phone": ""}


def knowing(user: dict[str, Any]) -> Callable[[httpx.Request], dict[str, Any]]:
    """What a platform holds that takes any ticket and knows this user."""
    return lambda request: {"accessToken": "at"} if request.url.path.endswith("access_token") else user


@pytest.mark.parametrize(
    ("facts", "level", "number"),
    [
        ({}, 2, "000000190001010000"),
        ({"idNo": None}, 1, None),
        ({"idNo": ""}, 1, None),
        ({"idType": "PASSPORT", "idNo": "E00000000"}, 2, None),
        ({"idType": "SOMETHING_NEW", "idNo": "1"}, 2, None),
    ],
    ids=["ID card", "no number", "empty number", "passport", "unknown document"],
)
async def test_a_document_number_stands_for_the_real_name(
    answered: Connect, asking: Asking, facts: Any, level: int, number: str | None
) -> None:
    """With a document number the level is 2; only a citizen number is one to compare members' with."""
    user = {"userType": "PERSON", "personInfo": PERSON | facts}

    identity = await answered(knowing(user)).sign_in.sign_in(UNIFIED, "t", asking())

    assert (identity.level, identity.id_number, identity.mobile) == (level, number, None)


@pytest.mark.parametrize(
    ("user", "error"),
    [
        ({"userType": "LEGAL_PERSON", "personInfo": None, "legalPersonInfo": {"name": "x"}}, RejectedInputError),
        ({"userType": "PERSON", "personInfo": None}, UnexpectedAnswerError),
        ({"userType": "PERSON", "personInfo": {"userName": "测试甲"}}, UnexpectedAnswerError),
        ({"userType": "PERSON", "personInfo": PERSON | {"userId": ""}}, UnexpectedAnswerError),
        ({}, UnexpectedAnswerError),
    ],
    ids=["company", "nobody", "no account", "empty account", "nothing"],
)
async def test_who_cannot_be_known_is_not_signed_in(
    answered: Connect, asking: Asking, user: Any, error: type[PlatformError]
) -> None:
    """Companies are refused so far; without an account there is no identity."""
    with pytest.raises(error) as caught:
        await answered(knowing(user)).sign_in.sign_in(UNIFIED, "t", asking())

    assert "测试甲" not in str(caught.value)
