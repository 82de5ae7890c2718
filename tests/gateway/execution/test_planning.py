"""Where a plan reads, in which turn, and with whom at once, is known before it runs."""

import pytest

from gateway.execution.collect import NotPlannedError
from gateway.execution.planning import Plan
from tests.gateway.execution.library.running import ids, planned

ONE = f"book(id: {ids('Book:a')[1:-1]})"


def read(plan: Plan) -> dict[str, tuple[str, int, bool]]:
    """Each place: what it reads, in which turn, and whether for many objects."""
    return {".".join(one.path): (one.source.__name__, one.turn, one.many) for one in plan.places}


def test_places_are_told_with_their_turns() -> None:
    """What stands below a read waits for it; pages, edges and nodes are no reads."""
    plan = planned(
        f"{{ shelf(first: 3) {{ edges {{ node {{ author {{ name }} similar {{ price title }} }} }} }} {ONE} {{ title }} }}"
    )

    assert read(plan) == {
        "shelf": ("list_books", 1, False),
        "shelf.edges.node.author": ("load_authors", 2, True),
        "shelf.edges.node.similar": ("load_books", 2, True),
        "shelf.edges.node.similar.price": ("load_books", 3, True),
        "book": ("load_books", 1, False),
    }


def test_values_of_one_source_are_one_place() -> None:
    """At the first of them."""
    plan = planned(f"{{ {ONE} {{ title weight price again: price }} }}")

    assert read(plan) == {"book": ("load_books", 1, False), "book.weight": ("load_books", 2, False)}


def test_a_place_knows_whether_others_read_the_same() -> None:
    """``alone``: in the whole operation; ``apart``: in its turn. Who is neither is kept waiting for the others."""
    plan = planned(f"{{ me {{ name }} a: {ONE} {{ similar {{ title }} author {{ name }} }} b: {ONE} {{ title }} }}")

    told = {".".join(one.path): (one.alone, one.apart) for one in plan.places}

    assert told == {
        "me": (False, True),
        "a": (False, False),
        "b": (False, False),
        "a.similar": (False, True),
        "a.author": (False, True),
    }
    assert [place.alone for place in planned("{ me { name } }").places] == [True]


def test_a_field_asked_for_twice_is_read_once() -> None:
    """Selections of equal keys are one."""
    plan = planned(f"{{ {ONE} {{ author {{ name }} }} ... {{ {ONE} {{ author {{ born }} title }} }} }}")

    assert read(plan) == {"book": ("load_books", 1, False), "book.author": ("load_authors", 2, False)}


def test_levels_are_told_with_their_paths() -> None:
    """One for each selection set, and one for each type that may stand there."""
    plan = planned(f"{{ held(ids: {ids('Book:a')}) {{ title }} me {{ name }} }}")

    assert [(".".join(path), level.kind.name) for path, level in plan.levels] == [
        ("", "Query"),
        ("held", "Book"),
        ("held", "Tape"),
        ("me", "Author"),
    ]
    assert not plan.by_hand


@pytest.mark.parametrize(("variables", "keys"), [({"f": True}, ["name", "born"]), ({"f": False}, ["name"])])
def test_flags_make_the_plan(variables: dict[str, bool], keys: list[str]) -> None:
    """What is left out is not in it."""
    plan = planned("query ($f: Boolean!) { me { name born @include(if: $f) } }", **variables)

    assert [position.key for position in plan.levels[-1][1].positions] == keys


def test_code_by_hand_below_what_is_declared_is_not_planned() -> None:
    """It may ask where its object stands, which a level does not know: objects there are shared."""
    with pytest.raises(NotPlannedError, match="code by hand below what is declared"):
        planned(f"{{ {ONE} {{ shouted }} }}")


def test_questions_about_the_schema_are_planned() -> None:
    """Resolvers by hand at the top, and below each other, know where they stand."""
    plan = planned("{ __schema { types { name fields { name } } } me { name } }")

    assert plan.by_hand
    assert read(plan) == {"me": ("load_authors", 1, False)}
