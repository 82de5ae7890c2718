"""履职服务综合平台, the member-duty platform: studios, members, committees, duty shifts.

Owns the registry's interface (``contract/``) and what the gateway makes of it; leaves what citizens do with
studios to 浙里办 and the address book to 浙政钉. See ``README.md`` for its oddities.
"""

from connectors.cache import Cache
from connectors.duty.checkup import checkup_of
from connectors.duty.client import DutyClient
from connectors.duty.lookup import DutyMemberLookup
from connectors.duty.sandbox import build_sandbox
from connectors.duty.settings import DutySettings
from connectors.duty.shifts import DutyShifts
from connectors.duty.sources import DutyCommittees, DutyMembers, DutyPortraits, DutyStudios
from connectors.platform import Connection, Platform
from connectors.reading import Reader
from connectors.transport import Transport

NAME = "duty"


def connect(settings: DutySettings, cache: Cache, transport: Transport | None = None) -> Connection:
    """Put the platform's sources together; a transport may be handed in, and is let go of with the connection."""
    transport = transport or Transport(NAME)
    client = DutyClient(settings, transport)
    reader = Reader(NAME, cache, settings.timeout, transport.meter)
    sources = (
        DutyStudios(client, reader, settings.batch),
        DutyMembers(client, reader, settings.batch),
        DutyMemberLookup(settings, client, reader),
        DutyCommittees(client, reader, settings.batch),
        DutyShifts(client, reader, settings.batch),
        DutyPortraits(client, reader),
    )
    return Connection(sources, transport.aclose, transport.meter, client.probe, checkup_of(client, transport))


DUTY = Platform(
    name=NAME,
    prefix="duty",
    title_zh="履职服务综合平台",
    title_en="the member-duty platform",
    settings=DutySettings,
    connect=connect,
    sandbox=build_sandbox,
)
