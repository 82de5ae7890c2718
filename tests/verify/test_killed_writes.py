"""Killed at any step of a write, a restart finds each effect on the platforms exactly once, the reply never missing."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from tests.mortal.lives import KILLED
from tests.mortal.world import World, living
from tests.mortal.writing import ASK, REPLY, Asker, Writer, asking, drained, replying
from tests.stack import Sandbox

pytestmark = pytest.mark.verify

AT, BEHIND = "Dies-At", "Dies-Behind"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(
    request: pytest.FixtureRequest, running_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A gateway that can be killed, on either database; it notifies without a pause."""
    folder = tmp_path_factory.mktemp("mortal")
    url = f"sqlite+aiosqlite:///{folder}/tongxin.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").new_database()
    with living(running_sandbox, url, folder, TONGXIN_WRITES__DIGEST_INTERVAL_S="0") as opened:
        yield opened


def killed_while(writer: Writer, text: str, given: dict[str, Any], header: str, moment: int) -> bool:
    """Write, to be killed at a moment, and go on as a front end does; whether that moment came."""
    world, killed = writer.world, False
    try:
        writer.query(text, given, **{header: str(moment)})
    except httpx.TransportError:
        killed = True
    if header == BEHIND and not killed:
        killed = not survived(writer)
    if killed:
        assert world.lives.ended() == KILLED
        world.lives.begin()
    writer.query(text, given)  # as a front end does that got no answer; it may hear that it is under way
    assert drained(world)
    return killed


def asked(asker: Asker, header: str, moment: int) -> bool:
    """Ask, to be killed at a moment; whether that came. What has to be true then is claimed."""
    title = f"第 {header} {moment} 个问题（{asker.run}）"
    given = asker.given(title, f"ask {header} {moment}")
    killed = killed_while(asker.citizen, ASK, given, header, moment)
    again = asker.citizen.query(ASK, given)["data"]["askQuestion"]
    assert again["question"]["title"] == title
    assert {effect["status"] for effect in again["effects"]} == {"DONE"}
    assert asker.truth(title) == (1, 1)
    return killed


def replied(writer: Writer, header: str, moment: int) -> bool:
    """Reply, to be killed at a moment; whether that came. What has to be true then is claimed."""
    question = writer.questions.pop()
    body = f"第 {header} {moment} 次答复。"
    before = writer.truth(question, body)
    given = {"input": {"questionId": question, "body": body, "idempotencyKey": f"{header} {moment}"}}
    killed = killed_while(writer, REPLY, given, header, moment)
    again = writer.query(REPLY, given)["data"]["replyToQuestion"]
    assert again["reply"]["body"] == body
    assert {effect["status"] for effect in again["effects"]} == {"DONE"}
    replies, records, sent = writer.truth(question, body)
    assert (before[0], replies) == (0, 1)
    assert records == before[1] + 1
    assert before[2] < sent <= before[2] + 1
    return killed


def survived(writer: Writer) -> bool:
    """Wait until all is done, or the gateway is dead; whether it lives. Nothing kills it any more then."""
    drained(writer.world, until=lambda: not alive(writer))
    return alive(writer, **{BEHIND: "0"})


def alive(writer: Writer, **headers: str) -> bool:
    """Whether the gateway still serves."""
    try:
        writer.query("{ __typename }", **headers)
    except httpx.TransportError:
        return False
    return True


@pytest.mark.parametrize("header", [AT, BEHIND])
def test_a_reply_comes_about_once(world: World, header: str) -> None:
    """Killed before and after every statement, commit and call, in the request and behind it."""
    writer = replying(world)
    for moment in count(1):
        if not writer.questions:
            writer = replying(world)
        if not replied(writer, header, moment):
            break
    assert moment > 5


@pytest.mark.parametrize("header", [AT, BEHIND])
def test_a_question_comes_about_once(world: World, header: str) -> None:
    """The same of a question and the to-do it makes."""
    asker = asking(world)
    for moment in count(1):
        if not asked(asker, header, moment):
            break
    assert moment > 5
