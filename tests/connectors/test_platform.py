"""What settings become in front of a sandbox."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, SecretStr

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
