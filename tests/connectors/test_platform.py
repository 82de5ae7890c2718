"""What settings become in front of a sandbox."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import certifi
import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from connectors.http1.hosts import Bounds
from connectors.platform import PlatformSettings


class Part(BaseModel):
    """A section."""

    key: str = ""
    secret: SecretStr = SecretStr("")
    size: int = 100


class Settings(PlatformSettings):
    """Settings of a platform of the tests."""

    sandbox_port: ClassVar[int] = 8109

    base_url: str = "https://real.example.cn"
    login_url: str = "https://login.example.cn"
    part: Part = Part()

    @classmethod
    def for_sandbox(cls, address: str) -> Mapping[str, Any]:
        """Everything at one address, and a pair of keys."""
        return {"base_url": address, "login_url": address, "part": {"key": "demo", "secret": "demo-secret"}}


def test_the_way_out_is_bounded_as_set() -> None:
    """Connections, the time for opening one, and whom to trust."""
    given = {"connect_timeout_ms": 250, "most_connections": 3, "ca_file": certifi.where()}

    way_out = Settings.model_validate(given).transport("here")

    assert way_out.platform == "here"
    assert way_out._bounds == Bounds(most_connections=3, connect_timeout=0.25)
    assert way_out._ca_file == certifi.where()


@pytest.mark.parametrize("words", [None, "", "no certificate"])
def test_a_file_without_authorities_is_refused_at_the_start(words: str | None, tmp_path: Path) -> None:
    """None at all, or nothing in it that could be trusted."""
    file = tmp_path / "authorities.pem"
    if words is not None:
        file.write_text(words)

    with pytest.raises(ValidationError):
        Settings.model_validate({"ca_file": file})


def test_what_nobody_set_is_the_sandboxs() -> None:
    """Addresses and keys."""
    settings = Settings().with_sandbox()

    assert (settings.base_url, settings.login_url) == ("http://127.0.0.1:8109", "http://127.0.0.1:8109")
    assert (settings.part.key, settings.part.secret.get_secret_value()) == ("demo", "demo-secret")


def test_what_was_set_stays_in_sections_too() -> None:
    """The rest of a section is filled in beside it, and its defaults stay."""
    settings = Settings.model_validate({"part": {"key": "ours", "size": 7}}).with_sandbox()

    assert (settings.part.key, settings.part.secret.get_secret_value(), settings.part.size) == (
        "ours",
        "demo-secret",
        7,
    )


def test_hosts_follow_an_address_that_was_moved() -> None:
    """A sandbox at another address is there with all it has."""
    settings = Settings.model_validate({"base_url": "http://sandbox:9000/below/"}).with_sandbox()

    assert settings.login_url == "http://sandbox:9000/below"


def test_a_real_system_is_sent_nothing_invented() -> None:
    """An ``https`` address is no sandbox: its settings are what was set, and nothing more."""
    settings = Settings.model_validate({"base_url": "https://other.example.cn"})

    assert settings.with_sandbox() == settings
