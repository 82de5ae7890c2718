"""Walks the duty platform's login as a browser does."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import httpx

from connectors.duty.signin import DutySignInPage
from connectors.records.identity import TicketForm
from connectors.records.sign_in_leg import Binding
from connectors.viewer import Ask

FORM = TicketForm.DUTY_OIDC


def page_of(duty: SimpleNamespace) -> DutySignInPage:
    """The source."""
    return next(source for source in duty.connection.sources if isinstance(source, DutySignInPage))


async def brought_back(
    sandbox: object, page: DutySignInPage, binding: Binding, ask: Ask, person: str = "member-0001"
) -> dict[str, str]:
    """What a browser brings back once that person was chosen."""
    address = await page.sign_in_page(FORM, binding, ask)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(sandbox)) as browser:  # type: ignore[arg-type]  # ASGI
        answer = await browser.get(f"{address}&person={person}")
    assert answer.status_code == 302, answer.text
    return {name: value for name, [value] in parse_qs(urlsplit(answer.headers["location"]).query).items()}
