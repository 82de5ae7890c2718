"""The sandbox's shifts: every Thursday, past and future, the same whoever makes them."""

from datetime import timedelta

from connectors.duty.sandbox.shifts import Shift, shifts_of
from connectors.sandbox.building import build_world
from connectors.sandbox.scenes import SHIFT_TOPICS
from connectors.sandbox.world import World


def thursdays(shifts: list[Shift]) -> list[Shift]:
    """The weekly ones."""
    return [shift for shift in shifts if shift.starts_at.weekday() == 3]


def test_every_studio_has_a_thursday_evening(world: World) -> None:
    """Ten weeks back and ten ahead, half past seven to nine, by a member of the studio."""
    shifts = list(shifts_of(world))

    weekly = thursdays(shifts)
    assert len(weekly) == 21 * len(world.studios) < len(shifts)
    assert {(f"{s.starts_at:%H:%M%z}", f"{s.ends_at:%H:%M%z}") for s in weekly} == {("19:30+0800", "21:00+0800")}
    assert all(s.row["member"]["id"] in {member.key for member in s.studio.members} for s in shifts)
    assert {s.row["topic"] for s in shifts} <= {*SHIFT_TOPICS, None}


def test_only_past_shifts_have_questions(world: World) -> None:
    """Nought to twelve in the past; none before a shift is over."""
    shifts = list(shifts_of(world))

    past = {s.row["questionCount"] for s in shifts if s.ends_at <= world.today}
    ahead = {s.row["questionCount"] for s in shifts if s.ends_at > world.today}
    assert past == set(range(13))
    assert ahead == {0}


def test_a_shift_keeps_its_key(world: World) -> None:
    """A world made a week later tells the same evening by the same key, member and topic."""
    later = build_world(today=world.today + timedelta(weeks=1))

    now = {shift.key: shift.row for shift in shifts_of(world)}
    then = {shift.key: shift.row for shift in shifts_of(later)}
    both = now.keys() & then.keys()
    assert len(now) == len(list(shifts_of(world)))
    assert len(both) > len(now) * 0.9
    assert all(now[key]["member"] == then[key]["member"] and now[key]["topic"] == then[key]["topic"] for key in both)
