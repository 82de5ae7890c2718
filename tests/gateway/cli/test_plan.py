"""``tongxin plan``: how an operation will run, for people and for programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gateway.cli import app
from schema.loaders import MOST_CALLS
from tests.stack import OPERATIONS

N_PLUS_ONE = (
    "query Waiting { studios(first: 5) { nodes { convener { official { todos(first: 5) { nodes { title } } } } } } }"
)


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command on a text, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(text: str, *options: str) -> Any:
        (tmp_path / "asked.graphql").write_text(text)
        return CliRunner().invoke(app, ["plan", "asked.graphql", *options])

    return run


@pytest.fixture
def calendar() -> str:
    """The duty calendar, as front ends ask for it."""
    return (OPERATIONS / "23-duty-calendar.graphql").read_text()


def test_it_tells_calls_turns_and_points(plan: Callable[..., Any], calendar: str) -> None:
    """The first line is the sum; below it each turn's reads, from whom and for which places, in 80 columns."""
    told = plan(calendar)

    lines = told.output.splitlines()
    assert told.exit_code == 0
    assert lines[0] == "DutyCalendar: at most 3 calls in 2 turns, 2,001 points"
    assert [line for line in lines if line.startswith("turn")] == ["turn 1", "turn 2"]
    assert "  duty          ShiftSource.list_region_shifts" in lines
    assert max(map(len, lines)) <= 80


def test_it_marks_an_n_plus_one(plan: Callable[..., Any]) -> None:
    """It says that the number of calls has no bound, and where; that is told, not refused."""
    told = plan(N_PLUS_ONE)

    assert told.exit_code == 0
    assert told.output.startswith("Waiting: calls without a bound (N+1) in 4 turns")
    assert "TodoSource.list_todos  (N+1: a call for each)" in told.output
    assert f"is refused beyond {MOST_CALLS}" in told.output


def test_it_tells_programs_too(plan: Callable[..., Any]) -> None:
    """The same as JSON."""
    told = json.loads(plan(N_PLUS_ONE, "--json").output)

    (marked,) = [step for step in told["steps"] if step["again"] == "key"]
    assert told["bounded"] is False
    assert marked["places"] == ["studios.nodes.convener.official.todos"]
    assert (marked["platform"], marked["turn"]) == ("zhezhengding", 4)


def test_it_shows_the_functions_it_wrote(plan: Callable[..., Any], calendar: str) -> None:
    """One for each level, with the path to it."""
    told = plan(calendar, "--code")

    assert "# dutyShifts.member: Member\nasync def run(run, objects, at, kind=None):" in told.output


def test_variables_decide_which_fields_are_read(plan: Callable[..., Any]) -> None:
    """What is left out is not in the plan; what is no JSON object is refused."""
    text = "query Q($names: Boolean!) { studios(first: 5) { nodes { id address @include(if: $names) } } }"

    with_names, without = (plan(text, "--variables", json.dumps({"names": names})) for names in (True, False))

    assert "load_studios" in with_names.output
    assert "load_studios" not in without.output
    assert plan(text, "--variables", "[]").exit_code == 2


def test_what_is_not_valid_has_its_errors(plan: Callable[..., Any]) -> None:
    """As the gateway would answer them."""
    told = plan("{ nothing }")

    assert told.exit_code == 1
    assert "Cannot query field 'nothing' on type 'Query'." in told.output


def test_the_studio_page_is_told_turn_by_turn(plan: Callable[..., Any]) -> None:
    """All places that ask one source in one turn are one step; its variables need not be known."""
    told = json.loads(plan((OPERATIONS / "02-studio-page.graphql").read_text(), "--json").output)

    shown = {(step["turn"], step["platform"], step["source"]): step["places"] for step in told["steps"]}
    assert (told["name"], told["turns"], told["bounded"]) == ("StudioPage", 5, True)
    assert len(shown) == len(told["steps"])
    assert shown[1, "duty", "StudioRegistry.load_studios"] == ["studio"]
    assert shown[3, "duty", "MemberRegistry.load_members"] == [
        "studio.convener.name",
        "studio.dutyShifts.member.name",
        "studio.members.edges.node.name",
        "studio.questions.edges.node.replies.author.name",
    ]
    assert shown[5, "zhezhengding", "UnitSource.load_units"] == ["studio.members.edges.node.official.organization.name"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a trace."""
    monkeypatch.chdir(tmp_path)

    told = CliRunner().invoke(app, ["plan", "gone.graphql"])

    assert (told.exit_code, "gone.graphql" in told.output) == (2, True)
