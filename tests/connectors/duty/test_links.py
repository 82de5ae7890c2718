"""Addresses that are shown are web addresses."""

import pytest

from connectors.duty.links import link_from, link_or_file_from
from connectors.errors import UnexpectedAnswerError


@pytest.mark.parametrize("url", ["https://live.example/1?a=b", "http://127.0.0.1:8103/x", "https://台州.example/"])
def test_a_web_address_is_shown(url: str) -> None:
    """As it was told."""
    assert link_from(url, "deliberations") == url


@pytest.mark.parametrize("url", [None, ""])
def test_no_address_is_none(url: str | None) -> None:
    """Nothing told, nothing shown."""
    assert link_from(url, "deliberations") is None


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:,x",
        "//a.example",
        "/x",
        "https://",
        "http://[",
        "https://a b",
        "https://a\n",
        "x" * 9,
        f"https://a.example/{'x' * 2000}",
    ],
)
def test_anything_else_is_an_error_in_its_place(url: str) -> None:
    """The error names the operation and not the address."""
    found = link_from(url, "deliberations")

    assert isinstance(found, UnexpectedAnswerError)
    assert (found.platform, found.operation) == ("duty", "deliberations")
    assert url not in str(found)


def test_an_error_stays() -> None:
    """What stands for a value that could not be read goes on."""
    broken = UnexpectedAnswerError("duty", "deliberations")

    assert link_from(broken, "deliberations") is broken  # type: ignore[arg-type]  # as lenient reading hands it on


@pytest.mark.parametrize("told", ["https://a.example/1", "F0001-a_b"])
def test_evidence_is_a_web_address_or_the_key_of_a_file(told: str) -> None:
    """Either is shown as it is."""
    assert link_or_file_from(told, "dutyRecords") == told
    assert link_or_file_from(None, "dutyRecords") is None


@pytest.mark.parametrize("told", ["javascript:alert(1)", "data:,x", "a/b", "../x", "x" * 65])
def test_evidence_that_is_neither_is_an_error(told: str) -> None:
    """A member wrote it, and the office's staff open it."""
    assert isinstance(link_or_file_from(told, "dutyRecords"), UnexpectedAnswerError)
