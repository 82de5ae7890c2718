"""The steps of a checkup that are the same for every platform that serves a contract of ours (``tongxin doctor``)."""

from typing import Protocol

import httpx

from connectors.checkup import Check, Step, clock_check
from connectors.contracted.settings import ContractedSettings
from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError, UnexpectedAnswerError
from connectors.transport import Transport


class Probed(Protocol):
    """A platform's client, which knows a read that tells nothing and changes nothing."""

    @property
    def platform(self) -> str:
        """Which platform."""

    @property
    def settings(self) -> ContractedSettings:
        """How it is reached."""

    async def probe(self, deadline: Deadline) -> None:
        """Read it. Raises ``PlatformError``."""


def first_checks(client: Probed, transport: Transport, *, lacking: str, given: str) -> tuple[Check, ...]:
    """Whether it is set up, answers, and tells our time; ``lacking`` and ``given`` are told of how it is set up."""

    async def configured(_: Deadline) -> str:
        if not client.settings.connected:
            raise NotConfiguredError(client.platform, "configured", lacking)
        return f"address and credentials are set, {given}"

    async def reach(deadline: Deadline) -> str:
        """Any HTTP answer will do, a refusal too."""
        if not client.settings.base_url:
            raise NotConfiguredError(client.platform, "reach")
        try:
            answer = await transport.send("reach", httpx.Request("GET", f"{client.settings.base_url}/"), deadline)
        except UnexpectedAnswerError as error:
            return error.detail
        return f"HTTP {answer.status}"

    return (Check(Step.CONFIGURED, configured), Check(Step.REACH, reach), clock_check(transport.clock))


def read_check(client: Probed, step: Step, found: str) -> Check:
    """A step that is done where the harmless read comes back; ``found`` says of what it was."""

    async def read(deadline: Deadline) -> str:
        await client.probe(deadline)
        return found

    return Check(step, read)
