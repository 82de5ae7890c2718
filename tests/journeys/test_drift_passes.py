"""Answers that could be read in part only are not kept beyond a moment, and count against their platform."""

import time

import pytest

from connectors.records.health import ConnectorStatus
from connectors.sandbox.faults import FaultKind
from tests.outages.asking import OPERATIONS, tokens_of
from tests.stack import OpenGateway, Sandbox, desk_at, operation

NUMBERS = {"duty": "22", "zheliban": "19", "zhezhengding": "17"}


@pytest.mark.parametrize("platform", NUMBERS)
async def test_what_drifted_is_read_again_soon(platform: str, sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Six seconds after the platform went back to the form, the page is whole; meanwhile it was told as ill."""
    number = NUMBERS[platform]
    async with open_gateway(answers={"keep_answers_s": 0}) as gateway:
        token = (await tokens_of(sandbox, gateway, await desk_at(sandbox, gateway)))[number]
        asked = operation(number), OPERATIONS[number].values(sandbox.world), token
        sandbox.break_(platform, FaultKind.SCHEMA_DRIFT)
        drifted = await gateway.query(*asked)
        watch = next(one for one in gateway.parts.watches.all if one.platform == platform)
        status = watch.status()
        sandbox.reset()
        cache = gateway.parts.cache
        cache._clock = cache._flights._clock = lambda: time.monotonic() + 6

        again = await gateway.query(*asked)

    assert drifted["errors"]
    assert status is not ConnectorStatus.UP
    assert "errors" not in again
