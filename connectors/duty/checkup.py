"""How this platform is looked at from end to end (``tongxin doctor``)."""

from connectors.checkup import Check, Checkup, Step, clock_check
from connectors.deadline import Deadline
from connectors.duty.client import DutyClient
from connectors.transport import Transport


def checkup_of(client: DutyClient, transport: Transport) -> Checkup:
    """The steps, in order."""

    async def read(deadline: Deadline) -> str:
        await client.probe(deadline)
        return "a look at no studio"

    return (clock_check(transport.clock), Check(Step.READ, read))
