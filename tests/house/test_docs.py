"""Pages that are made from the code are current."""

from pathlib import Path

from gateway.settings_page import settings_page

ROOT = Path(__file__).parents[2]


def test_every_setting_is_documented() -> None:
    """``docs/settings.md`` is what the settings say."""
    assert (ROOT / "docs/settings.md").read_text() == settings_page()


def test_every_setting_has_its_words() -> None:
    """No setting lacks a description."""
    lacking = [line for line in settings_page().splitlines() if line.startswith("| `TONGXIN") and line.endswith("|  |")]

    assert lacking == []
