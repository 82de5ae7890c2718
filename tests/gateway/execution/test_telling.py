"""A plan is told in words: which reads go out together, from whom, and in how many turns."""

from gateway.execution.telling import Step, Told, told
from tests.gateway.execution.library.graph import People, Shelf
from tests.gateway.execution.library.running import Library, ids, planned

ONE = f"book(id: {ids('Book:a')[1:-1]})"


def steps_of(text: str) -> Told:
    """Of a text over the library."""
    return told(planned(text), Library().sources, 7)


def brief(step: Step) -> tuple[int, str, tuple[str, ...], bool]:
    """The parts that are compared."""
    return step.turn, step.source, step.places, step.many


def test_reads_of_one_source_in_one_turn_are_one_step() -> None:
    """With all their places, turn by turn."""
    words = steps_of(
        f"query Both {{ b: {ONE} {{ similar {{ title author {{ name }} }} }} a: {ONE} {{ author {{ name }} }} }}"
    )

    assert [brief(step) for step in words.steps] == [
        (1, Shelf.load_books.__qualname__, ("a", "b"), False),
        (2, People.load_authors.__qualname__, ("a.author",), False),
        (2, Shelf.load_books.__qualname__, ("b.similar",), False),
        (3, People.load_authors.__qualname__, ("b.similar.author",), True),
    ]
    assert (words.name, words.turns, words.points) == ("Both", 3, 7)


def test_what_belongs_to_a_list_s_objects_is_said() -> None:
    """Their number is the data's; in how many calls it is read is not."""
    words = steps_of("{ shelf(first: 100) { nodes { author { name } } } }")

    assert [(step.turn, step.many) for step in words.steps] == [(1, False), (2, True)]
    assert (words.name, words.calls, words.bounded) == ("", 2, True)


def test_what_reads_nothing_has_no_turn() -> None:
    """Questions about the schema."""
    words = steps_of("{ __typename }")

    assert (words.steps, words.turns, words.calls) == ((), 0, 0)


def test_a_platform_is_told_by_its_folder() -> None:
    """Whoever answers from elsewhere is the gateway itself, and so is what nobody offers."""
    plan = planned("{ me { name } }")

    async def of_duty() -> None:
        """Never called."""

    of_duty.__module__ = "connectors.duty.members"

    (of_a_platform,) = told(plan, {People.load_authors: of_duty}, 1).steps
    (of_nobody,) = told(plan, {}, 1).steps
    assert (of_a_platform.platform, of_nobody.platform) == ("duty", "gateway")
