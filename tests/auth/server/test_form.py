import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from sqlalchemy import Connection, text

from auth import bodies
from auth.refusals import Refusal
from tests.auth.conftest import Office
from tests.auth.platforms import CHEN_CITIZEN

TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
FORM = {"grant_type": "client_credentials"}


async def test_a_parameter_sent_twice_is_refused(office: Office) -> None:
    """Even with the same value, even an unknown one (RFC 6749 section 3.2)."""
    login = await office.register_partner()

    for twice in ("grant_type", "scope", "something"):
        body = urlencode([*FORM.items(), ("scope", "opinion:read"), ("something", "x")]) + f"&{twice}=x"
        answer = await office.client.post("/oauth/token", content=body, headers=TYPE, auth=login)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
        assert answer.json()["error_description"] == Refusal.REPEATED.en


async def test_a_large_body_is_refused_without_being_kept(office: Office) -> None:
    """A body above 64 KiB is refused as soon as that much came, however much more there is."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield b"x" * 1024

    answer = await office.client.post("/oauth/token", content=endless(), headers=TYPE)

    assert (answer.status_code, answer.json()["error"]) == (413, "invalid_request")
    assert sent < 100


async def test_too_many_parameters_are_refused(office: Office) -> None:
    """Fifty are enough for anything."""
    answer = await office.client.post("/oauth/token", content="&".join(f"p{n}=1" for n in range(51)), headers=TYPE)

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"grant_type":"client_credentials"}', "application/json"),
        (b"grant_type=client_credentials", "text/plain"),
        (b"grant_type=client_credentials", ""),
        (b"grant_type=\xff", "application/x-www-form-urlencoded"),
        (b"grant_type=%ff", "application/x-www-form-urlencoded"),
        (b"", "application/json"),
    ],
)
async def test_what_is_no_form_is_refused(office: Office, content: bytes, kind: str) -> None:
    """Only form-encoded UTF-8 is read."""
    answer = await office.client.post("/oauth/token", content=content, headers={"Content-Type": kind})

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert answer.json()["error_description"] == Refusal.NOT_A_FORM.en


async def test_a_charset_does_no_harm(office: Office) -> None:
    """Clients that name the encoding are understood."""
    headers = {"Content-Type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8"}

    answer = await office.client.post(
        "/oauth/token", content=urlencode(FORM), headers=headers, auth=await office.register_partner()
    )

    assert answer.is_success


async def test_parameters_in_the_address_count_for_nothing(office: Office) -> None:
    """Credentials in an address would end in logs: they are not read there."""
    client_id, secret = await office.register_partner(auth_method="client_secret_post")

    in_address = FORM | {"client_id": client_id, "client_secret": secret}
    answer = await office.client.post("/oauth/token", params=in_address, content=b"", headers=TYPE)

    assert answer.status_code == 401


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_tokens_are_asked_for_by_post(office: Office, method: str) -> None:
    """Any other method is refused and told which one to use."""
    answer = await office.client.request(method, "/oauth/token", params=FORM)

    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"POST", "OPTIONS"}


async def test_a_body_that_never_ends_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that sends nothing more is told so after a while."""
    monkeypatch.setattr(bodies, "_READ_SECONDS", 0.05)
    never = asyncio.Event()

    async def stuck() -> AsyncIterator[bytes]:
        yield b"grant_type="
        await never.wait()

    answer = await office.client.post("/oauth/token", content=stuck(), headers=TYPE)

    assert (answer.status_code, answer.json()["error"]) == (408, "invalid_request")


async def test_a_lost_store_is_told_as_such(office: Office) -> None:
    """Without the database nobody gets a token, and the answer says to come back."""
    login = await office.register_partner()

    def lost(connection: Connection) -> None:
        connection.execute(text("DROP TABLE client_secret"))

    await office.database.change_shape(lost)

    answer = await office.post(FORM, login)

    assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")
    assert (await office.post(office.exchange_form(CHEN_CITIZEN), login)).status_code == 503


def test_words_keep_to_what_the_specification_allows() -> None:
    """``error_description`` is printable ASCII without quotes and backslashes (RFC 6749 section 5.2)."""
    for refusal in Refusal:
        assert refusal.en.isascii()
        assert refusal.en.isprintable()
        assert not {'"', "\\"} & set(refusal.en)
        assert not refusal.zh.isascii()
