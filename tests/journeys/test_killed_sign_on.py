"""Killed in the middle of a step of sign-on, a restart leaves nothing half-made (all moments: ``verify``)."""

from collections.abc import Iterator

import pytest

from tests.mortal.act import Step
from tests.mortal.person_steps import removing
from tests.mortal.steps import killed_in
from tests.mortal.token_steps import refreshing, trading
from tests.mortal.world import World, living
from tests.stack import Sandbox


@pytest.fixture(scope="module")
def world(running_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A gateway that can be killed."""
    folder = tmp_path_factory.mktemp("mortal")
    with living(running_sandbox, f"sqlite+aiosqlite:///{folder}/tongxin.db", folder) as opened:
        yield opened


@pytest.mark.parametrize(("step", "moment"), [(trading, 4), (trading, 5), (refreshing, 6), (removing, 13)])
def test_a_step_happens_or_it_does_not(world: World, step: Step, moment: int) -> None:
    """Before a commit nothing happened, and it can be done again; after it, all did, though nobody was answered."""
    assert killed_in(world, step, [moment]) == 1
