"""Killed at any moment of any step of sign-on, a restart leaves nothing half-made that could be used."""

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import httpx
import pytest
from sqlalchemy import func, select, update
from typer.testing import CliRunner

from auth.authority import Authority
from auth.store.tables import LogoutDeliveryRow, SigningKeyRow
from gateway.cli import app
from tests.mortal.act import Step, count_of
from tests.mortal.lives import KILLED
from tests.mortal.partner import Partner
from tests.mortal.person_steps import signing_out
from tests.mortal.steps import STEPS, killed_in
from tests.mortal.whole import undelivered, whole
from tests.mortal.world import World, living
from tests.stack import Sandbox

pytestmark = pytest.mark.verify

HAMMERED = 8
"""How often a gateway is killed amid other work."""
KILLED_WHILE_TOLD = 2


@pytest.fixture(scope="module")
def partner() -> Iterator[Partner]:
    """Who is told of logouts."""
    with Partner() as listening:
        yield listening


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(
    request: pytest.FixtureRequest,
    running_sandbox: Sandbox,
    partner: Partner,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """A gateway that can be killed, on either database."""
    folder = tmp_path_factory.mktemp("mortal")
    url = f"sqlite+aiosqlite:///{folder}/tongxin.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").new_database()
    with living(running_sandbox, url, folder, partner.uri) as opened:
        yield opened


@pytest.mark.parametrize("step", STEPS)
def test_a_step_happens_or_it_does_not(world: World, step: Step) -> None:
    """Killed before every statement, before and after every commit, before the answer."""
    assert killed_in(world, step, count(1)) > 2


@pytest.mark.parametrize("words", [["keys", "rotate", "--now"], ["keys", "rotate"], ["audit", "prune"]])
def test_a_command_happens_or_it_does_not(world: World, words: list[str]) -> None:
    """Keys are there to sign with, and one more at most; what was signed before is believed."""
    world.lives.kill()
    times = 0
    for moment in count(1):
        before = count_of(world, SigningKeyRow.kid.is_not(None))
        status = world.lives.run(moment, *words)
        assert count_of(world, SigningKeyRow.kid.is_not(None)) - before in {0, 1}
        world.inside(whole)
        if status != KILLED:
            break
        times += 1
    world.lives.begin()

    tokens = world.trade(world.agreed(world.browser(world.newcomer()))).json()
    assert status == 0
    assert times > 2
    assert world.works(tokens["access_token"])


def test_killed_amid_the_work_of_many(world: World) -> None:
    """Killed after any time while several sign in, trade and refresh: the same holds, and all go on afterwards."""
    draw = random.Random(2260)  # noqa: S311 - when to kill is no secret
    for _ in range(HAMMERED):
        stop = threading.Event()
        workers = [threading.Thread(target=_working, args=(world, stop)) for _ in range(4)]
        for worker in workers:
            worker.start()
        time.sleep(draw.uniform(0.3, 2.5))
        world.lives.kill()
        stop.set()
        for worker in workers:
            worker.join()
        world.lives.begin()
        world.inside(whole)


def _working(world: World, stop: threading.Event) -> None:
    """Sign in and go on, until the gateway is gone."""
    while not stop.is_set():
        try:
            browser = world.browser(world.newcomer())
            tokens = world.trade(world.agreed(browser)).json()
            for _ in range(3):
                tokens = world.refresh(tokens["refresh_token"]).json()
            browser.sign_in("zheliban-unified", world.newcomer())
        except (httpx.TransportError, AssertionError, KeyError, StopIteration, IndexError):
            return  # killed, or what it left half-shown


def test_logouts_that_are_owed_are_delivered_by_the_next(world: World, partner: Partner) -> None:
    """Killed while it tells the client, the next gateway tells it again: once at least, whatever happens."""
    for _ in range(KILLED_WHILE_TOLD):
        before = len(partner.tokens)
        partner.then = world.lives.kill
        act = signing_out(world)
        with suppress(httpx.TransportError):
            act.request({})
        partner.waited(before + 1)
        world.lives.begin()
        world.inside(_due_now)
        partner.waited(before + 2)
        act.after()

    until = time.monotonic() + 20
    while world.inside(undelivered) and time.monotonic() < until:
        world.inside(_due_now)
        time.sleep(0.5)
    assert world.inside(undelivered) == []
    assert len(partner.tokens) >= count_of(world, LogoutDeliveryRow.id.is_not(None)) + KILLED_WHILE_TOLD


async def _due_now(authority: Authority) -> None:
    """Let no pause pass."""
    waiting = LogoutDeliveryRow.next_at.is_not(None)
    moment = select(func.min(LogoutDeliveryRow.created_at)).scalar_subquery()
    due = update(LogoutDeliveryRow).where(waiting).values(next_at=moment)
    await authority.database.write(lambda session: session.execute(due))


def test_the_audit_is_whole(world: World) -> None:
    """After all of it ``tongxin audit verify`` finds nothing wrong."""
    ran = CliRunner().invoke(app, ["audit", "verify", "--json"], env=world.lives.environment)

    verdicts = json.loads(ran.stdout)
    assert ran.exit_code == 0
    assert verdicts[0]["entries"] > 0
    assert [verdict["broken"] for verdict in verdicts] == [None] * len(verdicts)
