"""Whatever fails at whatever step, there is something to do, in both languages."""

from itertools import product

import pytest

from connectors import errors
from connectors.checkup import Step
from connectors.errors import PlatformError
from connectors.metering import kind_of
from gateway.cli.doctor_advice import ADVICE, STEPS, TABLE, advice, step_words
from gateway.execution.operation import Language

KINDS = [thing for thing in vars(errors).values() if isinstance(thing, type) and issubclass(thing, PlatformError)]


@pytest.mark.parametrize(("step", "kind"), list(product(Step, KINDS)), ids=lambda part: getattr(part, "__name__", part))
def test_every_failure_has_its_advice(step: Step, kind: type[PlatformError]) -> None:
    """Filled in with the section and the page, and in the language asked for."""
    said = {
        one: advice(step, kind("duty", "probe"), one, section="duty", page="docs/platforms/duty.md") for one in Language
    }

    assert all(words and "{" not in words for words in said.values())
    assert any("\u4e00" <= sign <= "\u9fff" for sign in said[Language.ZH])
    assert said[Language.EN] != said[Language.ZH]


def test_the_table_has_no_row_twice_and_none_for_nothing() -> None:
    """Each row is met by an error of the tree, each step has a name."""
    kinds = {kind_of(kind) for kind in KINDS}

    assert len(ADVICE) == len(TABLE)
    assert {row.kind for row in TABLE} <= kinds
    assert set(STEPS) == set(Step)
    assert step_words(Step.READ, Language.ZH) == "试读"
