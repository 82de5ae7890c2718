"""Where pages are, and what stands where none is."""

import pytest

from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser


@pytest.mark.parametrize(
    "address", ["/account/nonsense", "/account/", "/account/link", "/login/a/b", "/logout/x", "/consent/x", "/device/x"]
)
async def test_below_the_pages_a_wrong_address_is_told_on_a_page(office: Office, address: str) -> None:
    """It looks like the others, and leads on."""
    page = await Browser(office).get(address)

    assert page.status == 404
    assert "page_not_found" in page.text
    assert "/account" in [link.attributes["href"] for link in page.all("a")]
    assert page.answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("address", ["/login/zheliban", "/login/zheliban/callback"])
async def test_what_begins_or_ends_a_leg_is_still_not_there_for_head(office: Office, address: str) -> None:
    """The page of wrong addresses does not stand in for it."""
    answer = await Browser(office).client.head(address)

    assert answer.status_code == 405
