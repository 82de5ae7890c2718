"""Texts as people write them, and as they are kept."""

import pytest

from schema.acts import InputError
from schema.mutations.texts import optional_text, text

BLANK = ["", " \n\t", "\u200b", "\u202e\u2066", "\x00", " \u200d \u200c ", "\u3000"]


def test_what_nobody_sees_is_taken_away() -> None:
    """Control and direction characters go, lines and the joiners of emoji stay, what is composed stands composed."""
    assert text(" a\x00\u202eb\r\n c\u200b ", "body", 10) == "ab\n c"
    assert text("e\u0301", "body", 1) == "\xe9"
    assert text("\U0001f468\u200d\U0001f469", "body", 3) == "\U0001f468\u200d\U0001f469"


@pytest.mark.parametrize("blank", BLANK)
def test_what_shows_nothing_is_no_text(blank: str) -> None:
    """Where a text is needed it is missing, where it may be left out it is left out."""
    with pytest.raises(InputError) as refused:
        text(blank, "body", 10)

    assert (refused.value.code, refused.value.field) == ("TEXT_MISSING", "body")
    assert optional_text(blank, "note", 10) is None
    assert optional_text(None, "note", 10) is None


def test_its_length_is_that_of_what_is_kept() -> None:
    """Not of what was sent, spaces around and all."""
    assert text("  " + "\u957f" * 10 + "\u200b ", "body", 10) == "\u957f" * 10
    with pytest.raises(InputError) as refused:
        optional_text("\u957f" * 11, "note", 10)

    assert (refused.value.code, refused.value.facts) == ("TEXT_TOO_LONG", {"most": 10, "length": 11})
