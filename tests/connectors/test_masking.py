"""Personal data as the citizen app shows it (wire-formats B9)."""

import pytest

from connectors.masking import masked_id_number, masked_mobile, masked_name


@pytest.mark.parametrize(("name", "shown"), [("陈大友", "*大友"), ("欧阳大友", "*阳大友"), ("陈", "*"), ("", "")])
def test_a_name_hides_its_first_character(name: str, shown: str) -> None:
    """The platform hides the surname, not the given name."""
    assert masked_name(name) == shown


@pytest.mark.parametrize(("mobile", "shown"), [("13700000000", "137****0000"), ("0571-8000", "*********"), ("", "")])
def test_a_mobile_keeps_both_ends(mobile: str, shown: str) -> None:
    """First three and last four stay; what is no mobile is hidden whole."""
    assert masked_mobile(mobile) == shown


def test_an_id_number_keeps_its_first_and_last_character() -> None:
    """The strong rule; what is no citizen number is hidden whole."""
    assert masked_id_number("33102319740212345X") == "3****************X"
    assert masked_id_number("E12345678") == "*********"
