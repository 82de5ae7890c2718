"""Two replicas on one PostgreSQL: what is good once is good at one of them, what ended at one ends at both."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from tests.mortal.act import OK
from tests.mortal.browser import ISSUER, client_at
from tests.mortal.lives import Lives
from tests.mortal.token_steps import DEVICE, EXCHANGE, TICKET
from tests.mortal.world import CALLBACK, SCOPES, World, environment_of, living
from tests.servers import PostgreSQL
from tests.stack import Sandbox

pytestmark = pytest.mark.verify

ROUNDS = 12
AT_ONCE = 4
"""Requests at the same time, half of them at each replica."""
TOLD_WITHIN = 5.0 + 1.5
"""Seconds until a replica knows what another took back (``auth.revocations``), and some for the machine."""

Form = dict[str, str]


@pytest.fixture(scope="module")
def world(
    running_sandbox: Sandbox, postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The first replica; its browsers are its own."""
    with living(running_sandbox, postgresql.new_database(), tmp_path_factory.mktemp("first")) as opened:
        yield opened


@pytest.fixture(scope="module")
def second(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the second replica."""
    folder = tmp_path_factory.mktemp("second")
    chain = {"TONGXIN_AUTH__AUDIT__CHAIN": "second"}
    environment = environment_of(world.sandbox, world.settings.database_url, folder, **chain)
    with Lives(environment, folder / "gateway.log") as lives:
        yield lives.port


def raced(world: World, second: int, form: Form) -> Sequence[httpx.Response]:
    """Send the same request to both at the same moment."""
    start = Barrier(AT_ONCE)
    login = None if "client_id" in form else world.web

    def send(port: int) -> httpx.Response:
        with client_at(port) as http:
            http.get(f"{ISSUER}/health/live")
            start.wait(20)
            return http.post("/oauth/token", data=form, auth=login)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(send, [world.lives.port, second] * (AT_ONCE // 2)))


def codes_form(world: World) -> Form:
    """A code to be traded."""
    code = world.agreed(world.browser(world.newcomer()))
    return {
        "grant_type": "authorization_code",
        "code": code.code,
        "code_verifier": code.verifier,
        "redirect_uri": CALLBACK,
    }


def devices_form(world: World) -> Form:
    """A device code that was let in."""
    browser = world.browser(world.newcomer())
    asked = {"client_id": world.device, "scope": SCOPES}
    begun = browser.http.post(f"{ISSUER}/oauth/device", data=asked).json()
    question = browser.http.get(f"{ISSUER}/device", params={"user_code": begun["user_code"]})
    assert browser.send(question, "scope", answer="yes").status_code == OK
    return {"grant_type": DEVICE, "device_code": begun["device_code"], "client_id": world.device}


def tickets_form(world: World) -> Form:
    """A ticket of somebody who was never here."""
    ticket = world.ticket(world.newcomer())
    return {
        "grant_type": EXCHANGE,
        "subject_token": ticket,
        "subject_token_type": TICKET,
        "scope": "openid graph:read",
    }


@pytest.mark.parametrize("form_of", [codes_form, devices_form, tickets_form])
def test_what_is_good_once_is_good_at_one(world: World, second: int, form_of: Callable[[World], Form]) -> None:
    """Of requests at the same moment exactly one wins; the others are refused, none fails otherwise."""
    for _ in range(ROUNDS):
        answers = raced(world, second, form_of(world))

        assert sorted(answer.status_code for answer in answers) == [OK] + [400] * (AT_ONCE - 1)
        assert {answer.json()["error"] for answer in answers if answer.status_code != OK} == {"invalid_grant"}


def test_a_refresh_token_has_one_successor(world: World, second: int) -> None:
    """Both replicas answer the same one, of which the next generation is one again."""
    tokens = world.trade(world.agreed(world.browser(world.newcomer()))).json()
    for _ in range(ROUNDS):
        answers = raced(world, second, {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]})

        assert {answer.status_code for answer in answers} == {OK}
        assert len({answer.json()["refresh_token"] for answer in answers}) == 1
        tokens = answers[0].json()


def test_a_pushed_request_leads_to_one_code(world: World, second: int) -> None:
    """Though the browser brings it to both at once."""
    browser = world.browser(world.newcomer())
    world.agreed(browser)
    for _ in range(ROUNDS):
        _, brought = world.pushed()
        start = Barrier(2)

        def ask(port: int, brought: Form = brought, start: Barrier = start) -> httpx.Response:
            with client_at(port) as http:
                http.cookies.update(browser.http.cookies)
                start.wait(20)
                return http.get(f"{ISSUER}/oauth/authorize", params=brought)

        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(ask, [world.lives.port, second]))

        assert sum("code=" in answer.headers.get("location", "") for answer in answers) == 1


@pytest.mark.parametrize("how", ["revoked", "signed out", "replayed"])
def test_what_ends_at_one_ends_at_both(world: World, second: int, how: str) -> None:
    """An access token that the second replica has just taken ends there within the time that is promised."""
    browser = world.browser(world.newcomer())
    code = world.agreed(browser, scope="openid graph:read")
    tokens = world.trade(code).json()
    assert works_at(second, tokens["access_token"])

    ended = time.monotonic()
    if how == "revoked":
        with client_at(world.lives.port) as http:
            http.post("/oauth/revoke", data={"token": tokens["refresh_token"]}, auth=world.web)
    elif how == "signed out":
        browser.send(browser.http.get(f"{ISSUER}/logout"), "form_token")
    else:
        assert world.trade(code).status_code != OK
    assert not world.works(tokens["access_token"])
    while works_at(second, tokens["access_token"]):
        assert time.monotonic() - ended < TOLD_WITHIN
        time.sleep(0.1)


def works_at(port: int, token: str) -> bool:
    """Whether a replica takes an access token."""
    with client_at(port) as http:
        asked = {"query": "{ viewer { displayName } }"}
        answer = http.post("/graphql", json=asked, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code == OK
