"""The steps that change who is who, who is signed in, and by what."""

import re
from collections.abc import Callable
from typing import Any

import httpx

from auth.factor.recovery import COUNT
from auth.factor.totp import code_at
from auth.pages.forgery import FIELD as FORGERY
from auth.store.moments import now
from auth.store.tables import (
    EnrolmentCodeRow,
    LogoutDeliveryRow,
    PersonRow,
    RecoveryCodeRow,
    SecondFactorRow,
    SessionRow,
)
from gateway.cli.page_forms import links_of
from tests.mortal.act import OK, Act, Headers, count_of
from tests.mortal.browser import ISSUER, Browser
from tests.mortal.world import World

_KEY = re.compile(r"\b[A-Z2-7]{4}(?: [A-Z2-7]{4}){3,}\b")


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
