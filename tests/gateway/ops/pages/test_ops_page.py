"""``/ops`` as it is drawn: whole, in both languages, for each state of things; and who gets to see it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec.structs import replace

from auth.pages.onward import onward_of
from gateway.ops.shapes import Picture
from tests.auth.pages.browsing import Page
from tests.gateway.ops.pages.invented import NAMES, Invented, picture_named


async def drawn(picture: Picture, address: str = "/ops", language: str = "zh") -> Page:
    """The page of that picture."""
    async with Invented(picture).browser(language) as browser:
        return Page(await browser.get(address))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
async def test_every_picture_can_be_drawn(name: str, language: str) -> None:
    """Well formed, one heading, the one sentence in it and in the title, every control and drawing named."""
    picture = picture_named(name)
    page = await drawn(picture, language=language)

    sentence = getattr(picture.headline, language)
    assert page.status == 200
    assert [heading.text for heading in page.all("h1")] == [sentence]
    assert sentence in page.all("title")[0].text
    assert all(button.text for button in page.all("button"))
    assert all(
        drawing.attributes["aria-label"] for drawing in page.all("div") if drawing.attributes.get("role") == "img"
    )
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))


async def test_one_platform_hanging_answers_the_six_questions() -> None:
    """Which, since when, what users notice, whose it is, what was done, what to press: in the first section."""
    page = await drawn(picture_named("hanging"), language="en")

    first = next(one.text for one in page.all("section") if one.attributes.get("id") == "trouble-slow-them")
    assert "Member-duty platform ✕ Down" in first
    assert "Since 03:05:01 (2 min)" in first
    assert "229 requests (11%)" in first
    assert "Query.studios11812106" in first
    assert "1 more Query.questions 15" in first
    assert "Us or them Them" in first
    assert "✕ application: failed 2.0 s PLATFORM_TIMEOUT" in first
    assert "Opened the breaker" in first
    assert page.form("Probe now: Member-duty platform").fields == [("act", "probe.now"), ("platform", "duty")]


async def test_dns_gone_is_told_once() -> None:
    """Four platforms, one trouble; each button is there once and stands for all four."""
    page = await drawn(picture_named("dns_gone"), language="en")

    troubles = [one for one in page.all("section") if "trouble" in str(one.attributes.get("class")).split()]
    assert len(troubles) == 1
    assert "The same for the others." in troubles[0].text
    fields = page.form("Probe now: Member-duty platform, Zheliban, ZheZhengDing, District command centre").fields
    assert [value for name, value in fields if name == "platform"] == ["duty", "zheliban", "zhezhengding", "command"]


async def test_what_ends_is_told_before_it_does() -> None:
    """The credential that ends first stands in the overview, each with its platform, whatever their number."""
    page = await drawn(picture_named("credentials"), language="en")

    house = next(one.text for one in page.all("section") if one.attributes.get("id") == "house")
    assert "District command centre: the application secret · ended" in house
    assert "The application secret: 6 days left" in page.text


async def test_nobody_set_anything_up() -> None:
    """Nothing is ill, nothing can be pressed, nothing is drawn that was never measured."""
    page = await drawn(picture_named("nothing_configured"), language="en")

    assert page.text.count("Not set up; never called.") == 4
    assert {form.action for form in page.forms} == {"/ops#incidents", ""}
    assert "Not used" in page.text


async def test_orders_by_hand_say_who_and_until_when() -> None:
    """Somebody holds the breaker open."""
    page = await drawn(picture_named("flapping"), language="en")

    assert "By hand: calls stopped, 陈运维, until 03:17:42" in page.text


async def test_incidents_are_filtered_and_can_be_taken_away() -> None:
    """By the address; the form shows what was chosen, and the export is there."""
    page = await drawn(picture_named("hanging"), "/ops?platform=duty&state=open", "en")

    section = next(one.text for one in page.all("section") if one.attributes.get("id") == "incidents")
    chosen = [one.attributes["value"] for one in page.all("option") if "selected" in one.attributes]
    assert chosen == ["duty", "open"]
    assert "no longer answers" in section
    assert "too many calls" not in section
    assert "/ops/incidents.csv?platform=duty&state=open" in {link.attributes["href"] for link in page.all("a")}


async def test_nothing_runs_but_our_one_script() -> None:
    """No inline script or style, no other host, no frame; nothing is kept by a cache."""
    page = await drawn(picture_named("hanging"))

    policy = page.answer.headers["content-security-policy"]
    assert "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'" in policy
    assert "script-src 'self'; connect-src 'self'" in policy
    (script,) = page.all("script")
    assert re.fullmatch(r"/ops/script-[0-9a-f]{16}\.js", str(script.attributes["src"]))
    assert [one.name for one in page.elements if "style" in one.attributes or one.name == "style"] == []
    assert page.answer.headers["cache-control"] == "no-store"


async def test_what_a_platform_says_is_only_text() -> None:
    """Names and words are escaped wherever they stand."""
    picture = picture_named("hanging")
    evil = "<img src=x onerror=alert(1)>"
    hurt = replace(picture.platforms[2], title_zh=evil, title_en=evil)
    page = await drawn(replace(picture, platforms=[hurt], headline=replace(picture.headline, zh=evil)))

    assert page.all("img") == []
    assert evil in page.text


async def test_language_and_colours_are_switched_and_kept() -> None:
    """By the address, then by a cookie; what the page is about stays."""
    async with Invented(picture_named("hanging")).browser() as browser:
        zh = Page(await browser.get("/ops?platform=duty"))
        switches = {str(one.attributes.get("data-key")): str(one.attributes["href"]) for one in zh.all("a")}
        dark = Page(await browser.get(switches["t"]))
        english = Page(await browser.get(switches["l"]))
        later = Page(await browser.get("/ops"))

    assert switches["t"] == "/ops?platform=duty&theme=dark"
    assert dark.all("html")[0].attributes["data-theme"] == "dark"
    assert english.all("html")[0].attributes == {"lang": "en", "data-theme": "dark"}
    assert later.all("html")[0].attributes == {"lang": "en", "data-theme": "dark"}
    assert "data-theme" not in zh.all("html")[0].attributes


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("OPERATOR_SIGN_IN_NEEDED", "/login"),
        ("OPERATOR_FACTOR_NEEDED", "/login/factor"),
        ("OPERATOR_FACTOR_OLD", "/login/factor"),
    ],
)
async def test_who_lacks_a_proof_gives_it_and_comes_back(code: str, path: str) -> None:
    """To sign in or to the second factor, and back to where they wanted to be."""
    async with Invented(lacks=code).browser() as browser:
        answer = await browser.get("/ops?state=open")

    onward = urlsplit(answer.headers["location"])
    assert (answer.status_code, onward.path) == (303, path)
    assert onward_of(parse_qs(onward.query)["to"][0]) == "/ops?state=open"


async def test_who_is_no_operator_is_told_so() -> None:
    """Plainly, with a way on, and with nothing of the picture."""
    async with Invented(picture_named("hanging"), lacks="OPERATOR_ROLE_NEEDED").browser("en") as browser:
        page = Page(await browser.get("/ops"))

    assert (page.status, page.all("h1")[0].text) == (403, "This page is for operators only")
    assert {"/status", "/login?to=%2Fops"} <= {link.attributes["href"] for link in page.all("a")}
    assert "duty" not in page.answer.text


async def test_a_store_that_is_away_is_a_page() -> None:
    """Who was not let in before cannot be while the store is away."""
    async with Invented(lacks="OPERATOR_STORE_AWAY").browser("en") as browser:
        page = Page(await browser.get("/ops"))

    assert (page.status, page.answer.headers["retry-after"]) == (503, "5")
