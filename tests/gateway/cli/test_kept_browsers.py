"""The browsers of sandbox people."""

from pathlib import Path

import httpx

from gateway.cli.kept_browsers import browser_of, keep_browser


def test_a_browser_goes_on_where_it_was_and_is_one_person_s(tmp_path: Path) -> None:
    """Its cookies come back to where they came from; another person starts with none; nobody else can read the file."""
    browser = browser_of(tmp_path, "one")
    browser.set("session", "secret", domain="127.0.0.1", path="/")

    keep_browser(tmp_path, "one", browser)

    assert sent(browser_of(tmp_path, "one"), "http://127.0.0.1:8000/account") == "session=secret"
    assert sent(browser_of(tmp_path, "one"), "http://localhost:8000/account") is None
    assert sent(browser_of(tmp_path, "two"), "http://127.0.0.1:8000/account") is None
    assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o600]


def test_one_browser_does_not_take_the_place_of_another(tmp_path: Path) -> None:
    """They are kept side by side."""
    for person in ("one", "two"):
        browser = browser_of(tmp_path, person)
        browser.set("session", person, domain="127.0.0.1")
        keep_browser(tmp_path, person, browser)

    assert sent(browser_of(tmp_path, "one"), "http://127.0.0.1:8000/") == "session=one"


def sent(cookies: httpx.Cookies, address: str) -> str | None:
    """What a request there would say."""
    request = httpx.Request("GET", address)
    cookies.set_cookie_header(request)
    return request.headers.get("cookie")
