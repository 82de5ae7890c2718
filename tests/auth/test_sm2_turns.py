"""Signatures by SM2 are verified one after another, and not for ever."""

import asyncio

import pytest

from auth.sm2_turns import MOST, CrowdedError, Sm2Turns
from connectors.ciphers.sm2 import Sm2Key

KEY = Sm2Key.generate()


async def test_more_than_may_wait_are_sent_away_at_once() -> None:
    """Those before them are served, and then others are again."""
    turns, signature = Sm2Turns(), await KEY.sign(b"text")

    told = await asyncio.gather(
        *(turns.verified(KEY.public, signature, b"text") for _ in range(MOST + 3)), return_exceptions=True
    )

    assert told[:MOST] == [True] * MOST
    assert [type(one) for one in told[MOST:]] == [CrowdedError] * 3
    assert await turns.verified(KEY.public, signature, b"text")


async def test_who_leaves_does_not_let_the_next_one_in() -> None:
    """A thread cannot be stopped: what it is busy with counts until it is done."""
    turns, signature = Sm2Turns(), await KEY.sign(b"text")
    leaving = [asyncio.create_task(turns.verified(KEY.public, signature, b"text")) for _ in range(MOST)]
    await asyncio.sleep(0)

    for one in leaving:
        one.cancel()
    await asyncio.wait(leaving)

    with pytest.raises(CrowdedError):
        await turns.verified(KEY.public, signature, b"text")
