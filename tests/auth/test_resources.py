"""Resource indicators (RFC 8707)."""

import pytest

from tests.auth.conftest import Office
from tests.auth.key_holder import ISSUER
from tests.auth.platforms import CHEN_CITIZEN

FORM = {"grant_type": "client_credentials"}


@pytest.mark.parametrize(
    ("resource", "audience"),
    [
        ("", f"{ISSUER}/graphql"),
        (f"{ISSUER}/graphql", f"{ISSUER}/graphql"),
        (f"{ISSUER}/oauth/userinfo", f"{ISSUER}/oauth/userinfo"),
    ],
)
async def test_a_token_is_for_what_was_named(office: Office, resource: str, audience: str) -> None:
    """For the graph, where nothing was."""
    login = await office.register_partner()

    token = (await office.post(FORM | {"resource": resource}, login)).json()["access_token"]

    assert (await office.authority.tokens.verified(token)).claims.aud == audience


@pytest.mark.parametrize(
    "resource",
    [
        "https://evil.example/graphql",
        "http://127.0.0.1:8000@evil.example/graphql",
        f"{ISSUER}/graphql/",
        f"{ISSUER}/graphql#part",
        f"{ISSUER}",
        "/graphql",
        "graphql",
    ],
)
async def test_no_token_is_for_anybody_else(office: Office, resource: str) -> None:
    """Neither by the client's own word nor by a ticket, which stays good."""
    partner, front = await office.register_partner(), await office.register()
    form = office.exchange_form(CHEN_CITIZEN)

    own = await office.post(FORM | {"resource": resource}, partner)
    by_ticket = [await office.post(form | {name: resource}, front) for name in ("resource", "audience")]

    for answer in (own, *by_ticket):
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_target")
    assert (await office.post(form, front)).is_success


async def test_resource_and_audience_must_agree(office: Office) -> None:
    """A ticket may name its target by either (RFC 8693 section 2.1)."""
    named = {"resource": f"{ISSUER}/graphql", "audience": f"{ISSUER}/oauth/userinfo"}

    answer = await office.post(office.exchange_form(CHEN_CITIZEN, **named), await office.register())

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_target")
