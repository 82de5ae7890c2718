"""Links that open a file for one person, for five minutes."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from gateway.http.file_links import PASS, SECONDS, FileLinks

LINKS = FileLinks("https://gw.example.cn", SecretStr("invented-secret-of-the-tests-0123456789"))


def seal_in(link: str) -> str:
    """What stands in the link's query."""
    return parse_qs(urlsplit(link).query)[PASS][0]


def test_a_link_opens_its_file_for_its_person() -> None:
    """And shows neither to anybody who reads it."""
    link = LINKS.sealed("QXR0YWNobWVudDox", "p_somebody")

    assert link.startswith("https://gw.example.cn/files/QXR0YWNobWVudDox?")
    assert "somebody" not in link
    assert LINKS.person_of("QXR0YWNobWVudDox", seal_in(link)) == "p_somebody"


@pytest.mark.parametrize("changed", ["", "x", "gAAAAAB", "\ud800", "é" * 50])
def test_what_is_no_seal_opens_nothing(changed: str) -> None:
    """Whatever stands there, nothing is raised."""
    assert LINKS.person_of("f", changed) is None


def test_a_seal_is_for_one_file_one_gateway_and_five_minutes() -> None:
    """It opens no other file, not with another secret, and not later."""
    seal = seal_in(LINKS.sealed("one", "p"))
    elsewhere = FileLinks("https://gw.example.cn", SecretStr("another-secret-of-the-tests-0123456789"))

    assert LINKS.person_of("two", seal) is None
    assert elsewhere.person_of("one", seal) is None
    assert LINKS.person_of("one", seal, lambda: time.time() + SECONDS - 10) == "p"
    assert LINKS.person_of("one", seal, lambda: time.time() + SECONDS + 10) is None


def test_after_a_change_of_secret_older_links_go_on() -> None:
    """The secret before is still read."""
    before = SecretStr("invented-secret-of-the-tests-0123456789")
    changed = FileLinks("https://gw.example.cn", SecretStr("a-new-secret-of-the-tests-0123456789"), (before,))

    assert changed.person_of("one", seal_in(LINKS.sealed("one", "p"))) == "p"


def test_the_plain_link_has_no_query() -> None:
    """It is the same for everyone."""
    assert LINKS.plain("one") == "https://gw.example.cn/files/one"
