"""The steps by which clients get tokens."""

from functools import partial

import httpx

from auth.store.tables import (
    GrantRow,
)
from tests.mortal.act import OK, REFUSED, Act, Headers, count_of
from tests.mortal.browser import ISSUER
from tests.mortal.world import SCOPES, Code, World, code_in

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
TICKET = "urn:tongxin:params:oauth:token-type:zheliban-unified"


def authorizing(world: World) -> Act:
    """A code is given for a pushed request: one at most."""
    browser = world.browser(world.newcomer())
    world.agreed(browser)
    verifier, brought = world.pushed()
    address = f"{ISSUER}/oauth/authorize"
    before = count_of(world, GrantRow.id.is_not(None))

    def after() -> None:
        given = [code_in(browser.http.get(address, params=brought)) for _ in range(2)]
        assert given[1] is None
        assert count_of(world, GrantRow.id.is_not(None)) == before + 1
        traded = [world.trade(Code(code, verifier)).status_code for code in given if code]
        assert traded in ([], [OK])

    return Act(lambda headers: browser.http.get(address, params=brought, headers=headers), after)


def consenting(world: World) -> Act:
    """A consent is given: asked again, or not, it leads to a code."""
    browser = world.browser(world.newcomer())
    _, asked = world.challenge()
    page = browser.followed(browser.http.get(f"{ISSUER}/oauth/authorize", params=asked))

    def after() -> None:
        answer = world.trade(world.agreed(browser))
        assert answer.status_code == OK
        assert set(answer.json()["scope"].split()) == set(SCOPES.split())

    return Act(lambda headers: browser.send(page, "to", headers, act="yes"), after)


def trading(world: World) -> Act:
    """A code is traded: once, and a second time ends what it gave."""
    code, answers = world.agreed(world.browser(world.newcomer())), []

    def request(headers: Headers) -> httpx.Response:
        answers.append(world.trade(code, headers))
        return answers[0]

    def after() -> None:
        answers.extend(world.trade(code) for _ in range(2))
        good = [answer.json() for answer in answers if answer.status_code == OK]
        assert len(good) <= 1
        assert answers[-1].status_code == REFUSED
        assert all(world.refresh(tokens["refresh_token"]).status_code == REFUSED for tokens in good)
        assert not any(world.works(tokens["access_token"]) for tokens in good)

    return Act(request, after)


def refreshing(world: World) -> Act:
    """A refresh token is used: it has one successor, which is answered again; a third generation ends it."""
    first = world.trade(world.agreed(world.browser(world.newcomer()))).json()["refresh_token"]

    def after() -> None:
        again = [world.refresh(first).json()["refresh_token"] for _ in range(2)]
        assert again[0] == again[1] != first
        third = world.refresh(again[0]).json()["refresh_token"]
        assert world.refresh(first).status_code == REFUSED
        assert world.refresh(third).status_code == REFUSED

    return Act(partial(world.refresh, first), after)


def redeeming(world: World) -> Act:
    """A device fetches its tokens: once."""
    browser = world.browser(world.newcomer())
    begun = browser.http.post(f"{ISSUER}/oauth/device", data={"client_id": world.device, "scope": SCOPES})
    question = browser.http.get(f"{ISSUER}/device", params={"user_code": begun.json()["user_code"]})
    allowed = browser.send(question, "scope", answer="yes")
    assert allowed.status_code == OK
    asked = {"grant_type": DEVICE, "device_code": begun.json()["device_code"], "client_id": world.device}
    before, answers = count_of(world, GrantRow.client_id == world.device), []

    def request(headers: Headers) -> httpx.Response:
        answers.append(world.tokens(headers, **asked))
        return answers[0]

    def after() -> None:
        answers.extend(world.tokens(**asked) for _ in range(2))
        assert sum(answer.status_code == OK for answer in answers) <= 1
        assert answers[-1].status_code == REFUSED
        assert count_of(world, GrantRow.client_id == world.device) == before + 1

    return Act(request, after)


def exchanging(world: World) -> Act:
    """A ticket becomes tokens and, the first time, a person: once, or with another ticket."""
    person = world.newcomer()
    asked = {"grant_type": EXCHANGE, "subject_token_type": TICKET, "scope": "openid graph:read"}
    ticket, answers = world.ticket(person), []

    def request(headers: Headers) -> httpx.Response:
        answers.append(world.tokens(headers, subject_token=ticket, **asked))
        return answers[0]

    def after() -> None:
        answers.append(world.tokens(subject_token=ticket, **asked))
        assert sum(answer.status_code == OK for answer in answers) <= 1
        assert world.tokens(subject_token=world.ticket(person), **asked).status_code == OK
        assert world.person_of(person)

    return Act(request, after)
