import pytest

from gateway.errors.entry import Entry
from gateway.errors.registry import REGISTRY, SECTIONS
from gateway.execution.operation import Language


@pytest.mark.parametrize("entry", REGISTRY.values(), ids=lambda entry: entry.code)
def test_every_code_has_words_in_both_languages(entry: Entry) -> None:
    """Whole sentences, Chinese ones in Chinese, both with the same places for facts."""
    facts = dict.fromkeys(entry.places, "FACT")
    english, chinese = (entry.worded(language, facts) for language in (Language.EN, Language.ZH))

    assert english[0].isupper() or english.startswith("FACT")
    assert english.isascii()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    assert english.count("FACT") == chinese.count("FACT")


def test_no_code_stands_twice() -> None:
    """The sections share no code."""
    assert len(REGISTRY) == sum(len(entries) for entries in SECTIONS.values())


def test_a_missing_fact_costs_no_answer() -> None:
    """A place nobody filled reads as a question mark."""
    assert "scope ?," in REGISTRY["FORBIDDEN"].worded(Language.EN, {})


def test_a_fact_in_braces_is_only_text() -> None:
    """A value cannot open a place of its own."""
    assert "{most.__class__}" in REGISTRY["BAD_INPUT"].worded(Language.EN, {"field": "{most.__class__}"})
