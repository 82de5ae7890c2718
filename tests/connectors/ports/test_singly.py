"""What a read costs in calls; that it is so of every platform is proven in ``tests/conformance``."""

import pytest

from connectors.ports import MemberRegistry, OfficialSource, StudioDirectory, TodoSource, UnitTree
from connectors.ports.singly import BY_DIRECTORY, SINGLY, Source, calls_for
from gateway.offering import PORTS

THREE = ["a", "b", "c"]


@pytest.mark.parametrize(
    ("source", "calls"),
    [
        (MemberRegistry.load_members, 1),
        (StudioDirectory.list_studios, 3),
        (TodoSource.list_todos, 4),
        (UnitTree.list_child_units, 4),
        (OfficialSource.load_officials, 4),
    ],
    ids=lambda part: getattr(part, "__qualname__", part),
)
def test_calls_are_counted_by_how_a_method_is_asked(source: Source, calls: int) -> None:
    """Many keys are one call; what is read singly is one each, and one more where something is read beside it."""
    assert calls_for(source, THREE) == calls


def test_more_than_a_hundred_keys_are_more_calls() -> None:
    """A call for each started hundred."""
    assert [calls_for(MemberRegistry.load_members, range(count)) for count in (1, 100, 101, 201)] == [1, 1, 2, 3]


def test_officials_of_one_directory_are_read_together() -> None:
    """A call for the people and one for each directory; who comes without one needs a call alone."""
    keys = ["a@north", "b@north", "c@south", "d", "e"]

    assert calls_for(OfficialSource.load_officials, keys) == 1 + 2 + 2
    assert calls_for(OfficialSource.load_officials, keys[:2]) == 2


def test_every_method_is_one_of_a_port() -> None:
    """What is named is asked for somewhere."""
    offered = {method for port in PORTS for method in vars(port).values() if callable(method)}

    assert offered >= SINGLY | BY_DIRECTORY
