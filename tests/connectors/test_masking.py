"""Personal data as the citizen app shows it: every row of the table in wire-formats B9."""

import pytest

from connectors.masking import (
    masked_bank_card,
    masked_document,
    masked_email,
    masked_id_number,
    masked_id_number_to_check,
    masked_landline,
    masked_mobile,
    masked_name,
)


@pytest.mark.parametrize(
    ("name", "shown"), [("陈大友", "*大友"), ("王芳", "*芳"), ("欧阳大友", "*阳大友"), ("陈", "*"), ("", "")]
)
def test_a_name_hides_its_first_character(name: str, shown: str) -> None:
    """B9, name: the platform hides the surname, not the given name."""
    assert masked_name(name) == shown


@pytest.mark.parametrize("before", [" ", "\u3000", "\t", "\u200b", "\ufeff", "\u202e ", "\u2066"])
def test_what_cannot_be_seen_is_not_the_surname(before: str) -> None:
    """B9, name: with a blank or a mark without width before it a name hides its surname all the same."""
    assert masked_name(before + "陈大友") == "*大友"
    assert masked_name(before) == "*"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("33102319740212345X", "3****************X"), ("E12345678", "*********"), ("331023740212345", "*" * 15), ("", "")],
)
def test_the_strong_rule_keeps_an_id_numbers_ends(number: str, shown: str) -> None:
    """B9, ID card, strong: first and last; what is no citizen number is hidden whole."""
    assert masked_id_number(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [("33102319740212345X", "3***23197402*****X"), ("E12345678", "*********"), ("", "")]
)
def test_the_normal_rule_keeps_what_its_holder_must_check(number: str, shown: str) -> None:
    """B9, ID card, normal: positions 1, 5 to 12 and 18."""
    assert masked_id_number_to_check(number) == shown


@pytest.mark.parametrize(("mobile", "shown"), [("13700000000", "137****0000"), ("0571-8000", "*********"), ("", "")])
def test_a_mobile_keeps_both_ends(mobile: str, shown: str) -> None:
    """B9, mobile: first three and last four; what is no mobile is hidden whole."""
    assert masked_mobile(mobile) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("0571-87050000", "0571****0000"),
        ("057187050000", "0571****0000"),
        ("0571 87050000", "0571****0000"),
        ("010-60000000", "010****0000"),
        ("021-60000000", "021****0000"),
        ("0576-8800000", "0576****0000"),
        ("87050000", "****0000"),
        ("12345", "*****"),
        ("0571-87050000转2", "*" * 15),
        ("", ""),
    ],
)
def test_a_landline_keeps_area_and_end(phone: str, shown: str) -> None:
    """B9, landline: area code and last four."""
    assert masked_landline(phone) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("contact@example.cn", "con***@example.cn"),
        ("conn@example.cn", "con***@example.cn"),
        ("con@example.cn", "co***@example.cn"),
        ("a@example.cn", "***@example.cn"),
        ("a@b@example.cn", "a@***@example.cn"),
        ("nobody", "******"),
        ("@example.cn", "*" * 11),
        ("", ""),
    ],
)
def test_an_email_keeps_three_characters(address: str, shown: str) -> None:
    """B9, e-mail: first three before the @; a shorter name is not shown whole."""
    assert masked_email(address) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("6222000000000001234", "622200*********1234"),
        ("6222000000001234", "622200******1234"),
        ("6222", "****"),
        ("622200000000123X", "*" * 16),
        ("", ""),
    ],
)
def test_a_bank_card_keeps_six_and_four(number: str, shown: str) -> None:
    """B9, bank card: first six and last four."""
    assert masked_bank_card(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("E12345678", "E12***678"), ("E1234567", "E1****67"), ("AB", "**"), ("ABC", "A*C"), ("", "")],
)
def test_other_documents_keep_their_thirds(number: str, shown: str) -> None:
    """B9, other documents: first third, stars, last third."""
    assert masked_document(number) == shown
