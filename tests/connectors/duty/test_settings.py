"""What may be set, and what the sandbox fills in."""

import pytest
from pydantic import ValidationError

from connectors.duty.settings import DutySettings


def test_nothing_set_means_not_connected() -> None:
    """No public instance exists, so nothing is asked until somebody says where and as whom."""
    assert not DutySettings().connected


def test_the_sandbox_fills_what_is_not_set() -> None:
    """What was chosen stays; the rest is the sandbox's, which is enough to be connected."""
    settings = DutySettings(batch=7).with_sandbox()

    assert settings.connected
    assert (settings.base_url, settings.batch) == ("http://127.0.0.1:8103", 7)


@pytest.mark.parametrize("address", ["duty.example", "ftp://duty.example", "http://", "http://a:b@h", "http://h?x=1"])
def test_an_address_that_is_none(address: str) -> None:
    """A wrong address stops the start and says what is allowed."""
    with pytest.raises(ValidationError, match="allowed is an address"):
        DutySettings(base_url=address)


def test_a_trailing_slash_is_dropped() -> None:
    """Paths are put behind the address."""
    assert DutySettings(base_url="https://duty.example/base/").base_url == "https://duty.example/base"


def test_every_setting_is_described() -> None:
    """The settings' page is made from the descriptions."""
    assert all(field.description for field in DutySettings.model_fields.values())
