"""Work beside a block."""

import asyncio

from connectors.background import beside


async def test_work_goes_on_while_the_block_runs_and_has_ended_behind_it() -> None:
    """It is cancelled, not forgotten; what it still had to do on its way out is done."""
    told: list[str] = []
    began = asyncio.Event()

    async def work() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            told.append("ended")

    async with beside(work):
        await asyncio.wait_for(began.wait(), 5)
        told.append("in the block")

    assert told == ["in the block", "ended"]
