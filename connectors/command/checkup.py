"""How this platform is looked at from end to end (``tongxin doctor``)."""

from connectors.checkup import Checkup, Step
from connectors.command.client import CommandClient
from connectors.contracted.checkup import first_checks, read_check
from connectors.transport import Transport

_LACKING = "base_url, access_key, secret_key or component is not set"
_READ = "a look at no grid"


def checkup_of(client: CommandClient, transport: Transport) -> Checkup:
    """The steps, in order."""
    given = f"persons are {'' if client.settings.looks_up else 'not '}looked up"
    return (
        *first_checks(client, transport, lacking=_LACKING, given=given),
        read_check(client, Step.SIGNATURE, _READ),
        read_check(client, Step.READ, _READ),
    )
