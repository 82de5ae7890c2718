"""Which forms of sign-in are offered, in which order, and where browsers are sent."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import NotConfiguredError, RejectedInputError
from connectors.ports import SignIn, SignInPage
from connectors.records.identity import TicketForm
from connectors.viewer import Ask
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signin import offered_forms

UNIFIED, CLASSIC, COMPANY = TicketForm.ZHELIBAN_UNIFIED, TicketForm.ZHELIBAN_CLASSIC, TicketForm.ZHELIBAN_ESSO
IRS = {"access_key": "ak", "secret_key": "sk"}
UC = IRS | {"app_id": "1"}
DIRECT = {"simple": {"servicecode": "s", "servicepwd": "p"}}
ESSO = {"esso": {"project_id": "p", "project_secret": "s"}}


@pytest.mark.parametrize(
    ("chosen", "forms"),
    [
        ({}, [UNIFIED]),
        (UC, [UNIFIED, CLASSIC]),
        (UC | ESSO, [UNIFIED, CLASSIC, COMPANY]),
        (IRS | {"mode": "irs_simple"}, [CLASSIC]),
        (UC | {"mode": "irs_simple"}, [CLASSIC, UNIFIED]),
        (DIRECT | {"mode": "simple"}, [CLASSIC]),
        (UC | DIRECT | {"mode": "simple"}, [CLASSIC, UNIFIED]),
        (DIRECT, [UNIFIED, CLASSIC]),
        (ESSO | {"mode": "esso"}, [COMPANY]),
        (UC | ESSO | {"mode": "esso"}, [COMPANY, UNIFIED, CLASSIC]),
        ({"esso": {"project_id": "p"}}, [UNIFIED]),
        ({"esso": ESSO["esso"] | {"through_irs": True}}, [UNIFIED]),
        ({"mode": "esso"}, [COMPANY]),
    ],
    ids=str,
)
def test_the_registrations_form_comes_first(chosen: dict[str, Any], forms: list[TicketForm]) -> None:
    """B1, D: the mode's form first, then unified, classic and companies' where their credentials are set."""
    assert list(offered_forms(ZhelibanSettings.model_validate(chosen))) == forms


@pytest.mark.parametrize(
    ("chosen", "through_irs", "code"),
    [
        (IRS, True, "ak"),
        (IRS | DIRECT, True, "ak"),
        (DIRECT, False, "s"),
        (IRS | DIRECT | {"mode": "simple"}, False, "s"),
        (DIRECT | {"mode": "irs_simple"}, True, ""),
    ],
    ids=str,
)
def test_the_classic_form_goes_one_way(chosen: dict[str, Any], code: str, *, through_irs: bool) -> None:
    """B1: through IRS where there are keys for it, direct for old registrations; the mode decides."""
    settings = ZhelibanSettings.model_validate(chosen)

    assert (settings.classic_through_irs, settings.classic_keys.servicecode) == (through_irs, code)
    assert "'p'" not in repr(settings.classic_keys)


async def test_another_form_is_refused_without_a_call(platform: SimpleNamespace, asking: Callable[..., Ask]) -> None:
    """A code of another platform is not handed to this one."""
    with pytest.raises(RejectedInputError):
        await platform.sign_in.sign_in(TicketForm.ZHEZHENGDING_APP, "code", asking())

    assert platform.requests == []


async def test_it_offers_both_ports(platform: SimpleNamespace) -> None:
    """Tickets and pages are one source's."""
    assert isinstance(platform.sign_in, SignIn)
    assert isinstance(platform.sign_in, SignInPage)


@pytest.mark.parametrize(
    ("form", "page"),
    [
        (UNIFIED, "http://127.0.0.1:8101/uc/sso/login?appId=2000000001&sp=s%201"),
        (CLASSIC, "http://127.0.0.1:8101/sso/usp.do?action=ssoLogin&servicecode=DEMO_AK_0123456789abcdef&goto=s%201"),
        (
            COMPANY,
            (
                "http://127.0.0.1:8101/opensso/spsaehandler/metaAlias/sp?spappurl="
                "http%3A%2F%2F127.0.0.1%3A8000%2Flogin%2Fzheliban%2Fcallback%3Fgoto%3Ds%25201"
            ),
        ),
    ],
)
def test_each_form_has_its_page(platform: SimpleNamespace, form: TicketForm, page: str) -> None:
    """B2, B5, B6: the address to which a browser is sent, with the state that comes back."""
    assert platform.sign_in.sign_in_page(form, "s 1") == page


@pytest.mark.parametrize("form", [UNIFIED, TicketForm.ZHEZHENGDING_QR])
def test_without_a_registration_there_is_no_page(connected: Any, form: TicketForm) -> None:
    """Nobody is sent to a page that would not know us."""
    with pytest.raises(NotConfiguredError):
        connected(ZhelibanSettings()).sign_in.sign_in_page(form, "s")


@pytest.mark.parametrize(
    ("chosen", "form"),
    [
        ({}, UNIFIED),
        (DIRECT | {"mode": "irs_simple"}, CLASSIC),
        ({"mode": "simple"}, CLASSIC),
        ({"mode": "esso"}, COMPANY),
    ],
    ids=str,
)
async def test_without_credentials_nobody_is_called(
    connected: Callable[..., SimpleNamespace], asking: Callable[..., Ask], chosen: Any, form: TicketForm
) -> None:
    """What was not set up says so."""
    sources = connected(ZhelibanSettings.model_validate(chosen))

    with pytest.raises(NotConfiguredError):
        await sources.sign_in.sign_in(form, "ticket", asking())

    assert sources.requests == []
