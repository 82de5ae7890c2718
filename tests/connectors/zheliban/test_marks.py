"""What the asker follows and likes."""

from collections.abc import Callable
from types import SimpleNamespace

from connectors.records.studio import StudioMarks
from connectors.sandbox.world import World
from connectors.viewer import Ask
from connectors.zheliban.sandbox.studios.seeding import seeded_marks

Asking = Callable[..., Ask]


async def test_marks_are_the_askers(platform: SimpleNamespace, world: World, asking: Asking) -> None:
    """Each account gets its own follows and likes; nobody is answered with another's."""
    marks = seeded_marks(world)
    one, two = (person.user_id or "" for person in world.citizens[:2])
    keys = [studio.key for studio in world.studios]

    answers = {account: await platform.marks.load_studio_marks(keys, asking(account)) for account in (one, two)}

    for account, rows in answers.items():
        assert rows == [
            StudioMarks(key=key, follows=key in marks.follows[account], likes=key in marks.likes[account])
            for key in keys
        ]
    assert answers[one] != answers[two]


async def test_marks_need_an_account(platform: SimpleNamespace, asking: Asking) -> None:
    """Who has no account here follows nothing, and is not asked about."""
    assert await platform.marks.load_studio_marks(["S1", "S2"], asking()) == [None, None]
    assert platform.requests == []
