import pytest

from connectors.viewer import Scope
from tests.auth.conftest import Office

FORM = {"grant_type": "client_credentials"}


async def test_a_partner_gets_its_scopes(office: Office) -> None:
    """By default all it may have, or less if it asks for less; no token type but Bearer, no ``issued_token_type``."""
    login = await office.register_partner(Scope.OPINION_READ, Scope.GRAPH_READ)

    everything = await office.post(FORM, login)
    less = await office.post(FORM | {"scope": "graph:read"}, login)

    assert everything.json()["scope"] == "graph:read opinion:read"
    assert everything.json().keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert less.json()["scope"] == "graph:read"


@pytest.mark.parametrize("scope", ["openid", "profile", "opinion:read openid", "cockpit:read", "office:read", "x"])
async def test_a_partner_is_no_person(office: Office, scope: str) -> None:
    """What only persons may have is refused, even to a client registered with it."""
    login = await office.register_partner(Scope.OPINION_READ, Scope.OPENID, Scope.COCKPIT_READ)

    answer = await office.post(FORM | {"scope": scope}, login)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


async def test_a_front_end_has_no_token_of_its_own(office: Office) -> None:
    """A client gets tokens by the grants it is registered with."""
    answer = await office.post(FORM, await office.register())

    assert (answer.status_code, answer.json()["error"]) == (400, "unauthorized_client")
