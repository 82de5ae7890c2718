"""In which language and size pages are shown."""

import pytest

from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser, Page

ZH, EN = "我的账号", "My account"


@pytest.fixture
async def browser(office: Office) -> Browser:
    """A browser somebody is signed in with."""
    opened = Browser(office)
    await opened.sign_in()
    return opened


def _heading(page: Page) -> str:
    return page.all("h1")[0].text


@pytest.mark.parametrize(
    ("accepted", "heading"),
    [
        ("", ZH),
        ("fr", ZH),
        ("zh-CN,zh;q=0.9,en;q=0.8", ZH),
        ("en-GB,en;q=0.9,zh;q=0.5", EN),
        ("en;q=0.1,zh-TW;q=0.2", ZH),
        ("en;q=0,fr", ZH),
        ("en;q=much", ZH),
    ],
)
async def test_the_browsers_language_is_followed(browser: Browser, accepted: str, heading: str) -> None:
    """What the browser prefers of Chinese and English; Chinese where it prefers neither."""
    page = await browser.get("/account", **{"Accept-Language": accepted})

    assert _heading(page) == heading
    assert page.all("html")[0].attributes["lang"] == ("en" if heading == EN else "zh-Hans-CN")


async def test_a_chosen_language_stays(browser: Browser) -> None:
    """Who switches stays switched, whatever the browser prefers."""
    await browser.get("/account?lang=en", **{"Accept-Language": "zh"})

    assert _heading(await browser.get("/account", **{"Accept-Language": "zh"})) == EN


async def test_a_language_nobody_offers_is_passed_over(browser: Browser) -> None:
    """Another word in its place changes nothing."""
    assert _heading(await browser.get("/account?lang=fr&view=huge")) == ZH


async def test_elder_mode_stays_until_it_is_left(browser: Browser) -> None:
    """Larger text is chosen once for all pages, and can be left again."""
    await browser.get("/account?view=elder")
    assert (await browser.get("/account/data")).all("html")[0].attributes.get("class") == "elder"

    await browser.get("/account/data?view=plain")

    assert "class" not in (await browser.get("/account")).all("html")[0].attributes


async def test_both_switches_keep_the_place(browser: Browser) -> None:
    """A page shown in the other language is the same page."""
    page = await browser.get("/account?done=ended&lang=en")
    switches = [str(link.attributes["href"]) for link in page.all("a") if "done=" in str(link.attributes["href"])]

    assert switches == ["/account?done=ended&view=elder", "/account?done=ended&lang=zh"]
    assert "已退出该浏览器" in (await browser.get(switches[1])).text


async def test_the_switches_of_a_refused_form_lead_to_a_page(browser: Browser) -> None:
    """What answers a form has no address of its own to go back to."""
    page = Page(await browser.send("/account", []))

    assert "/account?lang=en" in [link.attributes["href"] for link in page.all("a")]
