"""How this platform is looked at from end to end (``tongxin doctor``)."""

import httpx

from connectors.checkup import Check, Checkup, Step, clock_check
from connectors.command.client import CommandClient
from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError, UnexpectedAnswerError
from connectors.transport import Transport

_LACKING = "base_url, access_key, secret_key or component is not set"


def checkup_of(client: CommandClient, transport: Transport) -> Checkup:
    """The steps, in order."""
    settings = client.settings

    async def configured(_: Deadline) -> str:
        if not settings.connected:
            raise NotConfiguredError(client.platform, "configured", _LACKING)
        return f"address and credentials are set, persons are {'' if settings.looks_up else 'not '}looked up"

    async def reach(deadline: Deadline) -> str:
        """Any HTTP answer will do, a refusal too."""
        if not settings.base_url:
            raise NotConfiguredError(client.platform, "reach")
        try:
            answer = await transport.send("reach", httpx.Request("GET", f"{settings.base_url}/"), deadline)
        except UnexpectedAnswerError as error:
            return error.detail
        return f"HTTP {answer.status}"

    async def read(deadline: Deadline) -> str:
        await client.probe(deadline)
        return "a look at no grid"

    return (
        Check(Step.CONFIGURED, configured),
        Check(Step.REACH, reach),
        clock_check(transport.clock),
        Check(Step.SIGNATURE, read),
        Check(Step.READ, read),
    )
