from typing import Any

import httpx
import pytest

from auth.tokens import InvalidTokenError
from tests.auth.conftest import EXCHANGE, Office
from tests.auth.platforms import CHEN_CITIZEN

Login = tuple[str, str]


async def given_back(office: Office, token: str, login: Login | None, **more: str) -> httpx.Response:
    """Give a token back."""
    known: dict[str, Any] = {} if login is None else {"auth": login}
    return await office.client.post("/oauth/revoke", data={"token": token} | more, **known)


async def signed_in(office: Office) -> tuple[Login, dict[str, Any]]:
    """A front end and the tokens it holds for somebody."""
    login = await office.register(grants=[EXCHANGE, "refresh_token"])
    answer = await office.post(office.exchange_form(CHEN_CITIZEN, scope="openid graph:read"), login)
    return login, answer.json()


async def test_an_access_token_ends_alone(office: Office) -> None:
    """At once in this process, although it was remembered; the refresh token goes on."""
    login, tokens = await signed_in(office)
    await office.authority.viewer_of(tokens["access_token"])

    answer = await given_back(office, tokens["access_token"], login)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["cache-control"] == "no-store"
    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(tokens["access_token"])
    with pytest.raises(InvalidTokenError):
        await office.replica().viewer_of(tokens["access_token"])
    again = await office.post({"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}, login)
    assert again.is_success


async def test_with_a_refresh_token_all_ends(office: Office) -> None:
    """It, and the access tokens that came from the same grant (RFC 7009 section 2.1)."""
    login, tokens = await signed_in(office)

    answer = await given_back(office, tokens["refresh_token"], login)

    assert answer.status_code == 200
    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(tokens["access_token"])
    again = await office.post({"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}, login)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


async def test_a_refresh_token_used_before_ends_its_family_too(office: Office) -> None:
    """Whoever holds any of them may end them all."""
    login, tokens = await signed_in(office)
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    successor = (await office.post(form, login)).json()["refresh_token"]

    await given_back(office, tokens["refresh_token"], login)

    again = await office.post({"grant_type": "refresh_token", "refresh_token": successor}, login)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
async def test_giving_back_twice_is_giving_back(office: Office, which: str) -> None:
    """What ended stays ended, and the client is content."""
    login, tokens = await signed_in(office)

    answers = [await given_back(office, tokens[which], login, token_type_hint="refresh_token") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("token", ["x", "a.b.c", "g_" + "0" * 32 + ".1." + "A" * 43, "\x00"])
async def test_what_is_no_token_is_as_good_as_given_back(office: Office, token: str) -> None:
    """RFC 7009 section 2.2."""
    assert (await given_back(office, token, await office.register_partner())).status_code == 200


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
async def test_nobody_gives_back_what_another_client_holds(office: Office, which: str) -> None:
    """It is refused, and the token goes on."""
    login, tokens = await signed_in(office)
    stranger = await office.register_partner()

    answer = await given_back(office, tokens[which], stranger)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert (await office.authority.viewer_of(tokens["access_token"])).client_id == login[0]


async def test_a_client_must_be_known(office: Office) -> None:
    """By its proof, or by its id where it is public."""
    login, tokens = await signed_in(office)
    public, _ = await office.register(auth_method="none")

    for answer in (
        await given_back(office, tokens["access_token"], None),
        await given_back(office, tokens["access_token"], (login[0], "wrong")),
        await given_back(office, tokens["access_token"], None, client_id=login[0]),
    ):
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert (await given_back(office, "x", None, client_id=public)).status_code == 200
    assert (await office.client.post("/oauth/revoke", data={}, auth=login)).json()["error"] == "invalid_request"
