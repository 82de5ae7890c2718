"""Every step of sign-on that changes something: one request to be killed in, and what must be true afterwards."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
from sqlalchemy import func, select

from auth.authority import Authority
from auth.factor.recovery import COUNT
from auth.factor.totp import code_at
from auth.pages.forgery import FIELD as FORGERY
from auth.store.moments import now
from auth.store.tables import (
    EnrolmentCodeRow,
    GrantRow,
    LogoutDeliveryRow,
    PersonRow,
    RecoveryCodeRow,
    SecondFactorRow,
    SessionRow,
)
from gateway.cli.page_forms import links_of
from tests.mortal.browser import ISSUER, Browser
from tests.mortal.lives import KILLED
from tests.mortal.whole import whole
from tests.mortal.world import SCOPES, Code, World, code_in

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
TICKET = "urn:tongxin:params:oauth:token-type:zheliban-unified"
OK, REFUSED = 200, 400
_KEY = re.compile(r"\b[A-Z2-7]{4}(?: [A-Z2-7]{4}){3,}\b")
Headers = dict[str, str]


@dataclass
class Act:
    """``request`` is sent once, and may kill; ``after`` claims what holds then, whether there was an answer or not."""

    request: Callable[[Headers], httpx.Response]
    after: Callable[[], None]


Step = Callable[[World], Act]


def count_of(world: World, what: Any) -> int:
    """How many rows there are."""

    async def counted(authority: Authority) -> int:
        found = await authority.database.read(lambda session: session.scalar(select(func.count()).where(what)))
        return int(found or 0)

    return world.inside(counted)


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


def signing_in(world: World) -> Act:
    """A browser comes back from a platform, somebody new: it is signed in, or it comes again."""
    browser, person = world.browser(), world.newcomer()
    callback = browser.way("zheliban-unified", person)

    def after() -> None:
        browser.http.get(callback)
        with world.browser(person):
            assert count_of(world, PersonRow.id == world.person_of(person)) == 1

    return Act(lambda headers: browser.http.get(callback, headers=headers), after)


def linking(world: World) -> Act:
    """An account of somebody's own goes over to another person: with all that follows, or not at all."""
    official = next(one for one in world.sandbox.world.officials if "staff" not in one.roles and one.work)
    person = world.newcomer()
    theirs = world.trade(world.agreed(world.browser(person))).json()
    before = world.person_of(person)
    browser = world.browser(official.id, "zhezhengding-qr")
    form = {"platform": "zheliban", "form": "zheliban-unified"}
    page = browser.send(browser.http.get(f"{ISSUER}/account"), FORGERY, action="/account/link", **form)
    leads = next(link for link in links_of(page.text) if link.startswith(world.sandbox.addresses["zheliban"]))
    callback = browser.chosen(leads, person)

    def after() -> None:
        gone = world.person_of(person) != before
        assert world.works(theirs["access_token"]) is not gone
        assert (world.refresh(theirs["refresh_token"]).status_code == OK) is not gone
        assert count_of(world, PersonRow.id == before) == (0 if gone else 1)

    return Act(lambda headers: browser.http.get(callback, headers=headers), after)


def deleting(world: World) -> Act:
    """A person goes: with everything, or with nothing."""
    person = world.newcomer()
    browser = world.browser(person)
    theirs = world.trade(world.agreed(browser)).json()
    before = world.person_of(person)
    page = browser.http.get(f"{ISSUER}/account/data")

    def after() -> None:
        gone = world.person_of(person) is None
        assert (count_of(world, SessionRow.person_id == before) == 0) is gone
        assert (browser.http.get(f"{ISSUER}/account").status_code == OK) is not gone
        assert world.works(theirs["access_token"]) is not gone
        assert (world.refresh(theirs["refresh_token"]).status_code == OK) is not gone

    return Act(lambda headers: browser.send(page, "word", headers, act="delete", word="DELETE"), after)


def signing_out(world: World) -> Act:
    """A session ends: with its grants, and what clients are owed for it, or not at all."""
    browser = world.browser(world.newcomer())
    theirs = world.trade(world.agreed(browser, scope="openid graph:read")).json()
    page = browser.http.get(f"{ISSUER}/logout")
    before = count_of(world, LogoutDeliveryRow.id.is_not(None))

    def after() -> None:
        over = browser.http.get(f"{ISSUER}/account").status_code != OK
        assert count_of(world, LogoutDeliveryRow.id.is_not(None)) - before == (1 if over else 0)
        assert world.works(theirs["access_token"]) is not over
        assert (world.refresh(theirs["refresh_token"]).status_code == OK) is not over

    return Act(lambda headers: browser.send(page, FORGERY, headers), after)


def operator(world: World) -> Any:
    """The sandbox's operator."""
    return next(one for one in world.sandbox.world.officials if "ops" in one.roles and one.work)


def with_offer(world: World) -> tuple[Browser, Callable[[Headers], httpx.Response]]:
    """The operator without a factor, signed in, who is about to enrol one; and the request that does."""
    who = operator(world)
    code = who.work.employee_code
    world.inside(lambda authority: authority.second_factor.removal.by_operator("zhezhengding", code))
    invited = world.inside(lambda authority: authority.second_factor.roster.invite("zhezhengding", code))
    browser = world.browser(who.id, "zhezhengding-qr")
    shown = browser.http.get(f"{ISSUER}/account/factor")
    page = browser.send(shown, "code", act="begin", code=invited.code)
    key = _KEY.search(page.text)
    assert key is not None, page.text
    secret = key[0].replace(" ", "")

    def request(headers: Headers) -> httpx.Response:
        return browser.send(page, "password", headers, act="finish", password=code_at(secret, now()))

    return browser, request


def enrolling(world: World) -> Act:
    """A factor is enrolled: with everything, its code used up, or not at all and the code good as before."""
    _, finish = with_offer(world)
    person, answers = world.person_of_work(operator(world)), []

    def request(headers: Headers) -> httpx.Response:
        answers.append(finish(headers))
        return answers[0]

    def after() -> None:
        held = count_of(world, SecondFactorRow.person_id == person)
        again = [] if answers else [finish({}).status_code == OK]
        assert again == ([] if answers else [not held])
        assert count_of(world, SecondFactorRow.person_id == person) == 1
        assert count_of(world, RecoveryCodeRow.person_id == person) == COUNT
        assert count_of(world, EnrolmentCodeRow.used_at.is_(None)) == 0

    return Act(request, after)


def removing(world: World) -> Act:
    """A factor goes at its owner's wish: with all that was given for it, or not at all."""
    browser, request = with_offer(world)
    assert request({}).status_code == OK
    theirs = world.trade(world.agreed(browser, scope="openid ops:read offline_access")).json()
    person = world.person_of_work(operator(world))
    asked = browser.http.get(f"{ISSUER}/account/factor")
    page = browser.send(asked, FORGERY, act="ask-remove")

    def after() -> None:
        gone = count_of(world, SecondFactorRow.person_id == person) == 0
        assert (world.refresh(theirs["refresh_token"]).status_code == OK) is not gone

    return Act(lambda headers: browser.send(page, FORGERY, headers, act="remove"), after)


STEPS: tuple[Step, ...] = (
    authorizing,
    consenting,
    trading,
    refreshing,
    redeeming,
    exchanging,
    signing_in,
    linking,
    deleting,
    signing_out,
    enrolling,
    removing,
)


def killed_in(world: World, step: Step, moments: Iterable[int]) -> int:
    """Kill in one moment after the other, until the step is over before; answers how often it was killed."""
    for times, moment in enumerate(moments):
        act = step(world)
        try:
            act.request({"Dies-At": str(moment)})
        except httpx.TransportError:
            assert world.lives.ended() == KILLED
            world.lives.begin()
            act.after()
            world.inside(whole)
        else:
            act.after()
            world.inside(whole)
            return times
    return len(list(moments))
