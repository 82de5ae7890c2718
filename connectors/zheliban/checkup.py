"""How this platform is looked at from end to end (``tongxin doctor``)."""

from connectors.checkup import Check, Checkup, Step, clock_check
from connectors.deadline import Deadline
from connectors.transport import Transport
from connectors.zheliban.service import StudioService


def checkup_of(service: StudioService, transport: Transport) -> Checkup:
    """The steps, in order."""

    async def read(deadline: Deadline) -> str:
        await service.probe(deadline)
        return "a look at no studio"

    return (clock_check(transport.clock), Check(Step.READ, read))
