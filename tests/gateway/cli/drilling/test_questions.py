"""The drills' own documents."""

from itertools import islice
from pathlib import Path

from gateway.cli.drilling.questions import QUESTIONS, asked_in_turn, most_needed, needs_of
from gateway.cli.drilling.scenarios import SCENARIOS
from gateway.platforms import PLATFORMS
from tests.stack import Sandbox, settings_in_front_of


def test_every_platform_that_people_read_is_needed_by_some_and_not_by_others(sandbox: Sandbox, tmp_path: Path) -> None:
    """So that a drill shows both what is missing and what goes on."""
    needs = needs_of(settings_in_front_of(sandbox, tmp_path))

    assert set(needs) == {question.name for question in QUESTIONS}
    for platform in most_needed(needs)[:3]:
        needing = [name for name, platforms in needs.items() if platform in platforms]
        assert 0 < len(needing) < len(QUESTIONS)
    assert set(most_needed(needs)) == {platform.name for platform in PLATFORMS}


def test_questions_come_in_turn_each_with_other_values() -> None:
    """The second round asks the same questions for something else."""
    rounds = list(islice(asked_in_turn(["s1", "s2"], 2026), 2 * len(QUESTIONS)))
    first, second = rounds[: len(QUESTIONS)], rounds[len(QUESTIONS) :]

    assert [question for question, _ in first] == [question for question, _ in second] == list(QUESTIONS)
    assert all(one[1] != other[1] for one, other in zip(first, second, strict=True))


def test_faults_begin_and_end_in_the_order_of_time() -> None:
    """The outage that comes twice: begin, end, begin; its last end is the outage's."""
    moments = SCENARIOS["recovers-and-falls-again"].moments(60)

    assert [(at, begins) for at, _, begins in moments] == [(0.0, True), (24.0, False), (42.0, True)]
