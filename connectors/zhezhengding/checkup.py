"""How this platform is looked at from end to end (``tongxin doctor``)."""

from connectors.checkup import Check, Checkup, Step, clock_check
from connectors.deadline import Deadline
from connectors.transport import Transport
from connectors.zhezhengding.client import ZhezhengdingClient


def checkup_of(client: ZhezhengdingClient, transport: Transport) -> Checkup:
    """The steps, in order."""

    async def read(deadline: Deadline) -> str:
        await client.probe(deadline)
        return "a look at no organisation"

    return (clock_check(transport.clock), Check(Step.READ, read))
