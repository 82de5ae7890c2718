"""Shelves: made when looked at, sorted, and told of changes."""

from dataclasses import dataclass

from connectors.duty.sandbox.shelf import ALL, Shelf
from connectors.sandbox.building import build_world
from connectors.sandbox.paging import Order
from connectors.sandbox.world import CommitteeSeed, Scale, World


@dataclass
class Thing:
    """Something of a committee."""

    id: str
    committee: CommitteeSeed
    at: float


ORDERS: dict[str, Order[Thing]] = {"AT": Order("AT", lambda thing: (thing.at, thing.id))}


def shelf_of(world: World, looked_at: list[str]) -> Shelf[Thing]:
    """Three things a committee; notes whose were made."""

    def make(committee: CommitteeSeed) -> list[Thing]:
        looked_at.append(committee.code)
        return [Thing(f"T{committee.region_code}{n}", committee, float(-n)) for n in range(3)]

    return Shelf(world, make, lambda key: f"GO_zx{key[1:7]}", ORDERS)


def test_a_committees_things_are_made_when_looked_at(world: World) -> None:
    """Once, and nobody else's; a key of no committee makes nothing."""
    looked_at: list[str] = []
    shelf = shelf_of(world, looked_at).filled()

    found = shelf.get("T3310021")
    again = shelf.get("T3310021")

    assert found is again is not None
    assert (shelf.get("T9999991"), shelf.get(""), shelf.knows("GO_zx999999")) == (None, None, False)
    assert looked_at == ["GO_zx331002"]


def test_many_committees_are_made_at_once() -> None:
    """So that the first read of all has not to wait."""
    world = build_world(scale=Scale.PROVINCE)
    looked_at: list[str] = []

    shelf_of(world, looked_at).filled()

    assert looked_at == [committee.code for committee in world.committees]


def test_lists_follow_what_changes(world: World) -> None:
    """A new thing, and one that moved, stand where they belong, in the list of all and in their committee's."""
    shelf = shelf_of(world, [])
    code = world.committees[1].code
    before, whole = list(shelf.sorted("AT", code)), len(shelf.sorted("AT"))

    new = Thing("T331002N", world.committees[1], 5.0)
    shelf.put(new)
    before[0].at = 7.0
    shelf.changed(before[0])

    assert shelf.sorted("AT", code) == [before[1], before[2], new, before[0]]
    assert shelf.sorted("AT")[-2:] == [new, before[0]]
    assert len(shelf.sorted("AT", ALL)) == whole + 1
    assert shelf.get("T331002N") is new
