"""Which forms of sign-in are offered, in which order, and where browsers are sent."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import NotConfiguredError, RejectedInputError
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
