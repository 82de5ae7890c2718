"""The authorization endpoint: a client that means somebody (``id_token_hint``)."""

import pytest

from tests.auth.authorization.front import (
    Browser,
    Front,
    browser,
    sent_to,
    told,
)
from tests.auth.conftest import Office


@pytest.fixture
async def front(office: Office) -> Front:
    """A front end that may do everything."""
    return await Front.registered(office)


@pytest.fixture
async def lin(office: Office, front: Front) -> Browser:
    """Somebody signed in who agreed to everything."""
    who = await browser(office)
    await front.agree(who)
    return who


async def test_a_client_may_mean_somebody(front: Front, lin: Browser) -> None:
    """``id_token_hint``: the same person comes back at once, and long after the hint's time is over."""
    mine = str((await front.tokens(lin))["id_token"])

    assert "code" in told(await front.ask(lin, prompt="none", id_token_hint=mine))
    assert "code" in told(await front.ask(lin, id_token_hint=mine))


async def test_nobody_else_comes_back_than_who_was_meant(office: Office, front: Front, lin: Browser) -> None:
    """No page: an error. With pages: they may sign in, and who signs in as somebody else again does not pass."""
    meant = str((await front.tokens(lin))["id_token"])
    other = await browser(office)
    await front.agree(other)

    silent = await front.ask(other, prompt="none", id_token_hint=meant)
    page, facts = sent_to(await front.ask(other, id_token_hint=meant))
    again = await browser(office, person_id=other.person_id)
    right = await browser(office, person_id=lin.person_id)

    assert told(silent)["error"] == "login_required"
    assert page == "/login"
    assert told(await front.go_on(again, facts["to"]))["error"] == "login_required"
    assert "code" in told(await front.go_on(right, facts["to"]))


async def test_a_hint_that_says_nothing_helps_nobody(office: Office, front: Front, lin: Browser) -> None:
    """Made up, changed, another client's, an access token: no code without a page; else it is passed over."""
    tokens = await front.tokens(lin)
    second = await Front.registered(office)
    theirs = (await second.tokens(lin))["id_token"]
    changed = tokens["id_token"][:-4] + "AAAA"

    for hint in ("made up", changed, theirs, tokens["access_token"], "x" * 9000):
        assert told(await front.ask(lin, prompt="none", id_token_hint=hint))["error"] == "login_required"
        assert "code" in told(await front.ask(lin, id_token_hint=hint))


async def test_who_is_meant_cannot_be_set_from_outside(office: Office, front: Front, lin: Browser) -> None:
    """Only a hint says it, once; and it is held on to when a request comes as a form."""
    meant = (await front.tokens(lin))["id_token"]
    other = await browser(office)
    await front.agree(other)
    form = front.request(prompt="none", id_token_hint=str(meant), hinted=other.person_id)

    answer = await office.client.post("/oauth/authorize", data=form)
    twice = await office.client.get("/oauth/authorize", params=[*form.items(), ("id_token_hint", "x")])

    assert told(await front.go_on(other, answer.headers["location"]))["error"] == "login_required"
    assert "code" in told(await front.go_on(lin, answer.headers["location"]))
    assert told(twice)["error"] == "invalid_request"
