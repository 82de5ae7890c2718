import base64
from collections.abc import Callable
from urllib.parse import quote_plus

import httpx
import pytest

from tests.auth.conftest import Office

FORM = {"grant_type": "client_credentials"}


def basic(text: str) -> dict[str, str]:
    """An Authorization header made by hand."""
    return {"Authorization": "Basic " + base64.b64encode(text.encode()).decode()}


async def ask(office: Office, form: dict[str, str], headers: dict[str, str]) -> httpx.Response:
    """Ask the token endpoint."""
    return await office.client.post("/oauth/token", data=form, headers=headers)


async def test_a_client_proves_itself_as_registered(office: Office) -> None:
    """By HTTP Basic or in the body, whichever it is registered with."""
    by_header = await office.register_partner()
    client_id, secret = await office.register_partner(auth_method="client_secret_post")

    assert (await office.post(FORM, by_header)).is_success
    assert (await office.post(FORM | {"client_id": by_header[0]}, by_header)).is_success
    assert (await office.post(FORM | {"client_id": client_id, "client_secret": secret}, None)).is_success


async def test_basic_is_form_encoded_once_more(office: Office) -> None:
    """OAuth's Basic encodes id and secret before joining them; the scheme's case is free."""
    client_id, secret = await office.register_partner()
    escaped = "".join(f"%{ord(letter):02X}" for letter in client_id)

    answer = await ask(office, FORM, basic(f"{escaped}:{quote_plus(secret)}"))
    lower = {"Authorization": basic(f"{client_id}:{secret}")["Authorization"].replace("Basic", "bAsIc")}

    assert answer.is_success
    assert (await ask(office, FORM, lower)).is_success


WRONG: dict[str, Callable[[str, str], tuple[dict[str, str], dict[str, str]]]] = {
    "nothing": lambda _id, _secret: ({}, {}),
    "wrong secret": lambda client_id, secret: ({}, basic(f"{client_id}:{secret}x")),
    "empty secret": lambda client_id, _secret: ({}, basic(f"{client_id}:")),
    "unknown client": lambda _id, secret: ({}, basic(f"c_unknown:{secret}")),
    "the other method": lambda client_id, secret: ({"client_id": client_id, "client_secret": secret}, {}),
    "no colon": lambda client_id, _secret: ({}, basic(client_id)),
    "no base64": lambda _id, _secret: ({}, {"Authorization": "Basic *"}),
    "no text": lambda _id, _secret: ({}, {"Authorization": "Basic /w=="}),
    "bad escape": lambda _id, secret: ({}, basic(f"%ff:{secret}")),
    "control characters": lambda _id, secret: ({}, basic(f"c%00:{secret}")),
    "bearer": lambda _id, secret: ({}, {"Authorization": f"Bearer {secret}"}),
    "id alone": lambda client_id, _secret: ({"client_id": client_id}, {}),
}


@pytest.mark.parametrize("how", WRONG)
async def test_every_wrong_proof_is_answered_alike(office: Office, how: str) -> None:
    """Nobody learns from the answer whether a client exists."""
    client_id, secret = await office.register_partner()
    form, headers = WRONG[how](client_id, secret)

    answer = await ask(office, FORM | form, headers)

    nobody = await ask(office, FORM, basic("c_nobody:nothing"))
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"
    assert ("www-authenticate" in answer.headers) == ("Authorization" in headers)  # RFC 6749 section 5.2
    assert answer.content == nobody.content


async def test_a_disabled_client_is_answered_like_an_unknown_one(office: Office) -> None:
    """Its secret is right, and does not help."""
    login = await office.register_partner()
    await office.authority.endings.client(login[0])

    answer = await office.post(FORM, login)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_two_proofs_are_refused(office: Office) -> None:
    """RFC 6749 section 2.3: one method a request."""
    client_id, secret = await office.register_partner()

    both = await office.post(FORM | {"client_secret": secret}, (client_id, secret))
    other_id = await office.post(FORM | {"client_id": "c_other"}, (client_id, secret))

    assert (both.status_code, both.json()["error"]) == (400, "invalid_request")
    assert (other_id.status_code, other_id.json()["error"]) == (400, "invalid_request")


async def test_two_secrets_live_at_once(office: Office) -> None:
    """A client changes its secret with no moment at which none works."""
    client_id, first = await office.register_partner()
    second = await office.authority.clients.rotate(client_id)

    answers = [await office.post(FORM, (client_id, secret)) for secret in (first, second)]

    assert all(answer.is_success for answer in answers)


async def test_two_authorization_headers_are_refused(office: Office) -> None:
    """Whoever stands between might read the one and we the other."""
    right = basic(":".join(await office.register_partner()))["Authorization"]
    headers = [("Authorization", right), ("Authorization", basic("c_other:x")["Authorization"])]

    for order in (headers, headers[::-1], [headers[0]] * 2):
        answer = await office.client.post("/oauth/token", data=FORM, headers=order)

        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("shown", ["Basic 号", "Bearer é", "号", "Basic"])
async def test_a_header_that_is_no_ascii_is_refused(office: Office, shown: str) -> None:
    """As everything else that proves nothing."""
    answer = await office.client.post("/oauth/token", data=FORM, headers=[(b"authorization", shown.encode())])

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
