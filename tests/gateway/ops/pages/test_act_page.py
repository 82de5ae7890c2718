"""The question before an act, and the act."""

from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.ops.acting import Wanted
from gateway.ops.pages.questions import QUESTIONS
from gateway.ops.pressing import ACTS
from tests.auth.pages.browsing import Page
from tests.gateway.ops.pages.invented import ISSUER, Invented, picture_named

ADDRESS = "/ops/act?act=breaker.open&platform=duty"
OURS = {"Origin": ISSUER, "Sec-Fetch-Site": "same-origin"}


def test_every_act_has_its_question() -> None:
    """No button leads nowhere."""
    assert set(QUESTIONS) == set(ACTS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("act", ACTS)
async def test_a_question_says_what_will_happen(act: str, language: str) -> None:
    """To whom, what follows, and for how long where it lasts; one length is chosen."""
    async with Invented(picture_named("hanging")).browser(language) as browser:
        page = Page(await browser.get(f"/ops/act?act={act}&platform=duty"))

    question = QUESTIONS[act]
    lengths = [one for one in page.all("input") if one.attributes.get("type") == "radio"]
    assert (question.tells_zh if language == "zh" else question.tells_en) in page.text
    assert ("履职服务综合平台" if language == "zh" else "the member-duty platform") in page.all("h1")[0].text
    assert [int(str(one.attributes["value"])) for one in lengths] == list(question.minutes)
    assert sum("checked" in one.attributes for one in lengths) == bool(question.minutes)


async def test_yes_does_it_and_leads_back() -> None:
    """For as long as was chosen; the picture then says that it was done."""
    invented = Invented(picture_named("hanging"))
    async with invented.browser("en") as browser:
        page = Page(await browser.get(ADDRESS))
        fields = dict(page.form("Yes, do it").fields) | {"minutes": "30"}
        answer = await browser.post("/ops/act", data=fields, headers=OURS)
        after = Page(await browser.get(answer.headers["location"]))

    assert invented.done == [(Wanted("breaker.open", "duty", 30), "op-1")]
    assert (answer.status_code, answer.headers["location"]) == (303, "/ops?did=breaker.open")
    assert "Done and recorded: calls stopped." in after.text


async def test_one_yes_does_it_for_several_platforms() -> None:
    """Each may be left out."""
    invented = Invented(picture_named("dns_gone"))
    async with invented.browser("en") as browser:
        page = Page(await browser.get("/ops/act?act=stale.extend&platform=duty&platform=command&platform=zheliban"))
        token = dict(page.form("Yes, do it").fields)["form_token"]
        fields = {"form_token": token, "act": "stale.extend", "platform": ["duty", "command"], "minutes": "60"}
        await browser.post("/ops/act", data=fields, headers=OURS)

    boxes = [one.attributes["value"] for one in page.all("input") if one.attributes.get("type") == "checkbox"]
    assert boxes == ["zheliban", "duty", "command"]
    assert [wanted for wanted, _ in invented.done] == [
        *(Wanted("stale.extend", "duty", 60), Wanted("stale.extend", "command", 60))
    ]


async def test_a_refusal_is_told_where_it_was_asked() -> None:
    """With its code and words; nothing was done, and asking again is a press away."""
    invented = Invented(picture_named("hanging"), refuses="OPERATOR_ACT_REFUSED")
    async with invented.browser("en") as browser:
        page = Page(await browser.get(ADDRESS))
        answer = Page(await browser.post("/ops/act", data=dict(page.form("Yes, do it").fields), headers=OURS))

    assert answer.status >= 400
    assert "OPERATOR_ACT_REFUSED" in answer.text
    assert "Stop calls to the member-duty platform?" in answer.text
    assert f"{ADDRESS}&lang=zh" in {link.attributes["href"] for link in answer.all("a")}


async def test_only_our_own_form_is_taken() -> None:
    """Neither without its token nor from another site."""
    invented = Invented(picture_named("hanging"))
    async with invented.browser() as browser:
        fields = dict(Page(await browser.get(ADDRESS)).form("确认执行").fields)
        forged = await browser.post("/ops/act", data=fields | {"form_token": "made.up"}, headers=OURS)
        elsewhere = await browser.post("/ops/act", data=fields, headers={"Origin": "https://elsewhere.example"})

    assert (forged.status_code, elsewhere.status_code, invented.done) == (403, 403, [])


async def test_an_old_factor_is_proved_again_and_the_question_comes_back() -> None:
    """Nothing was done meanwhile."""
    invented = Invented(picture_named("hanging"))
    async with invented.browser() as browser:
        fields = dict(Page(await browser.get(ADDRESS)).form("确认执行").fields)
        invented.lacks = "OPERATOR_FACTOR_OLD"
        answer = await browser.post("/ops/act", data=fields, headers=OURS)

    onward = urlsplit(answer.headers["location"])
    assert (onward.path, parse_qs(onward.query)["to"], invented.done) == ("/login/factor", [ADDRESS], [])


@pytest.mark.parametrize(
    "query", ["", "?act=breaker.open", "?act=format.disk&platform=duty", "?act=probe.now&platform=x"]
)
async def test_there_is_no_question_about_nothing(query: str) -> None:
    """An act or a platform that is not there is a page that is not there."""
    async with Invented(picture_named("hanging")).browser() as browser:
        answer = await browser.get(f"/ops/act{query}")

    assert answer.status_code == 404
