"""Codes as people type them."""

import pytest

from auth.factor.typed import is_password, plain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("123456", "123456"),
        (" 123 456 ", "123456"),
        ("１２３４５６", "123456"),
        ("abcd-efgh-ijkl-mnop", "ABCDEFGHIJKLMNOP"),
        ("ABCD EFGH–IJKL　MNOP", "ABCDEFGHIJKLMNOP"),
        ("", ""),
    ],
)
def test_spaces_dashes_and_wide_digits_do_not_matter(typed: str, meant: str) -> None:
    """What counts is what was meant."""
    assert plain(typed) == meant


@pytest.mark.parametrize(("code", "is_one"), [("123456", True), ("12345", False), ("١٢٣٤٥٦", False), ("ABCDEF", False)])
def test_a_password_is_six_plain_digits(code: str, is_one: bool) -> None:  # noqa: FBT001 - a case of the table
    """Everything else is looked at as a recovery code."""
    assert is_password(code) is is_one
