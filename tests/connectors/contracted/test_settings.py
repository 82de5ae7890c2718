"""Settings that every platform with a contract of ours takes."""

import pytest
from pydantic import ValidationError

from connectors.command.settings import CommandSettings
from connectors.contracted.settings import ContractedSettings
from connectors.duty.settings import DutySettings

PLATFORMS = [DutySettings, CommandSettings]


@pytest.mark.parametrize("kind", PLATFORMS)
def test_nothing_is_asked_until_it_is_said_where(kind: type[ContractedSettings]) -> None:
    """No public instance exists; the sandbox's address and keys are enough to be connected."""
    assert not kind().connected
    assert kind().with_sandbox().connected


@pytest.mark.parametrize("kind", PLATFORMS)
def test_a_trailing_slash_is_dropped(kind: type[ContractedSettings]) -> None:
    """Paths are put behind the address."""
    assert kind(base_url="https://platform.example/base/").base_url == "https://platform.example/base"


@pytest.mark.parametrize("kind", PLATFORMS)
@pytest.mark.parametrize(
    "address", ["platform.example", "ftp://h", "http://", "http://a:b@h", "http://h?x", "http://h#"]
)
def test_an_address_that_is_none(kind: type[ContractedSettings], address: str) -> None:
    """It stops the start and says what is allowed."""
    with pytest.raises(ValidationError, match="allowed is an address"):
        kind(base_url=address)


@pytest.mark.parametrize("kind", PLATFORMS)
def test_every_setting_is_described(kind: type[ContractedSettings]) -> None:
    """The settings' page is made from the descriptions."""
    assert all(field.description for field in kind.model_fields.values())
