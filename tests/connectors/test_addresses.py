"""Addresses in the settings of every platform: one that cannot be called, or tells a password, stops the start."""

from typing import Any

import pytest

from gateway.platforms import PLATFORMS
from gateway.settings import SettingsError, load_settings

WRONG = [
    "http://user:password@platform.example",
    "http://user@platform.example",
    "http://platform.example:99999",
    "http://platform.example:port",
    "https:///path",
    "https://[::1",
    "ftp://platform.example",
    "platform.example",
]
SETTINGS: list[tuple[str, ...]] = [
    ("zlb", "base_url"),
    ("zlb", "portal_url"),
    ("zlb", "callback_url"),
    ("zlb", "simple", "url"),
    ("zlb", "esso", "login_url"),
    ("zlb", "datashare", "url"),
    ("zlb", "irs", "host"),
    ("zzd", "base_url"),
    ("zzd", "login_url"),
    ("zzd", "qr", "callback_url"),
    ("duty", "base_url"),
    ("duty", "signin", "issuer"),
    ("duty", "signin", "callback_url"),
    ("duty", "signin", "jwks_uri"),
]


def section(path: tuple[str, ...], value: str) -> dict[str, Any]:
    """Settings with that one set."""
    given: Any = value
    for name in reversed(path):
        given = {name: given}
    return dict(given)


@pytest.mark.parametrize("path", SETTINGS, ids=".".join)
def test_a_wrong_address_stops_the_start_and_is_not_repeated(path: tuple[str, ...]) -> None:
    """The line names the setting, never its value."""
    for wrong in WRONG:
        with pytest.raises(SettingsError) as caught:
            load_settings(PLATFORMS, **section(path, wrong))
        assert str(caught.value).startswith(".".join(path)), wrong
        assert "password@" not in str(caught.value)


@pytest.mark.parametrize("path", SETTINGS, ids=".".join)
def test_a_right_one_is_taken(path: tuple[str, ...]) -> None:
    """Host names, numbers, ports."""
    for right in ("https://platform.example", "http://127.0.0.1:8101", "http://[::1]:8101"):
        load_settings(PLATFORMS, **section(path, right))
