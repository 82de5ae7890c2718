"""``/status``: for everybody."""

import pytest

from tests.auth.pages.browsing import Page
from tests.gateway.ops.pages.invented import Invented, public_named


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["well", "hanging"])
async def test_levels_are_told_in_plain_words(name: str, language: str) -> None:
    """The whole, each service, ninety bars each with their sentence, and what happened."""
    told = public_named(name)
    async with Invented(told=told).browser(language) as browser:
        page = Page(await browser.get("/status"))

    assert page.all("h1")[0].text == getattr(told, language)
    bars = [one for one in page.all("svg") if one.attributes.get("role") == "img"]
    assert len(bars) == len(told.services) == 4
    assert all(one.attributes["aria-label"] for one in bars)
    assert len(page.all("rect")) == 4 * 90
    assert all(getattr(one, language) in page.text for one in [*told.services, *told.incidents])


async def test_anybody_may_keep_it_for_some_seconds() -> None:
    """No cookie is set or read, no script runs, and the language is the browser's unless the address says."""
    async with Invented().browser("en") as browser:
        answer = await browser.get("/status", headers={"Cookie": "tongxin_view=zh.plain; tongxin_theme=dark"})
        switched = Page(await browser.get("/status?lang=zh&theme=dark"))

    assert answer.headers["cache-control"] == "public, max-age=5"
    assert answer.headers["vary"] == "Accept-Language"
    assert "set-cookie" not in answer.headers
    assert "script-src" not in answer.headers["content-security-policy"]
    assert Page(answer).all("script") == []
    assert Page(answer).all("html")[0].attributes == {"lang": "en"}
    assert switched.all("html")[0].attributes == {"lang": "zh-Hans-CN", "data-theme": "dark"}
    assert "/status?lang=en&theme=dark" in {link.attributes["href"] for link in switched.all("a")}


async def test_nothing_of_the_inside_is_told() -> None:
    """No code, no field, no address of ours but the page's own."""
    async with Invented(told=public_named("hanging")).browser("en") as browser:
        page = Page(await browser.get("/status"))

    for inside in ("PLATFORM_", "breaker", "Query.", "/ops", "p95", "tongxin-1"):
        assert inside not in page.answer.text
