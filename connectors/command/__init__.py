"""区域社会治理现代化指挥中心, a district's command centre: grids, alerts, unified work orders, village forms, persons.

Owns the interface (``contract/``) and what the gateway makes of it; leaves what citizens report to the hotline to
浙里办 and the offices' own desks to 浙政钉. It is optional: where nobody set it up its fields say so, and the rest is
whole. See ``README.md`` for its oddities.
"""

from typing import TYPE_CHECKING

from connectors.cache import Cache
from connectors.command.checkup import checkup_of
from connectors.command.client import CommandClient
from connectors.command.persons import CommandPersons
from connectors.command.settings import CommandSettings
from connectors.command.sources import CommandAlerts, CommandGrids, CommandOrders, CommandVillageForms
from connectors.contracted.reads import ContractReads
from connectors.platform import Connection, Platform
from connectors.reading import Reader
from connectors.transport import Transport

if TYPE_CHECKING:
    from connectors.sandbox.app import SandboxApp
    from connectors.sandbox.world import World

NAME = "command"


def connect(settings: CommandSettings, cache: Cache, transport: Transport | None = None) -> Connection:
    """Put the platform's sources together; a transport may be handed in, and is let go of with the connection."""
    transport = transport or settings.transport(NAME)
    client = CommandClient(settings, transport)
    reader = Reader(NAME, cache, settings.timeout, transport.guard)
    reads = ContractReads(client, reader, settings.batch)
    sources = (
        CommandGrids(reads),
        CommandAlerts(reads),
        CommandOrders(reads),
        CommandVillageForms(reads),
        CommandPersons(settings, client, reader),
    )
    return Connection(
        sources, transport.aclose, transport.guard, client.probe, checkup_of(client, transport), transport.look
    )


def _sandbox(settings: CommandSettings, world: "World") -> "SandboxApp":
    """The platform itself, small; read only where one is run."""
    from connectors.command.sandbox import build_sandbox  # noqa: PLC0415 - a gateway and its commands need none

    return build_sandbox(settings, world)


COMMAND = Platform(
    name=NAME,
    prefix=NAME,
    title_zh="区域治理指挥中心",
    title_en="the district command centre",
    settings=CommandSettings,
    connect=connect,
    sandbox=_sandbox,
)
