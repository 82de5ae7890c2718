"""浙里办, the citizen app: sign-on of citizens, and the studio service with questions, replies and ratings.

Owns IRS signing, the unified sign-on and the studio service's contract (``contract/``); leaves the studios
themselves to the duty registry. See ``README.md`` for its oddities.
"""

from connectors.cache import Cache
from connectors.platform import Connection, Platform
from connectors.reading import Reader
from connectors.records.identity import TicketForm
from connectors.transport import Transport
from connectors.zheliban.checkup import checkup_of
from connectors.zheliban.client import IrsClient
from connectors.zheliban.questions import ZhelibanQuestions
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.service import StudioService
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signin import ZhelibanSignIn
from connectors.zheliban.sources import ZhelibanMarks, ZhelibanMemberStatistics, ZhelibanStudios

__all__ = ["ZHELIBAN", "connect"]

NAME = "zheliban"


def connect(settings: ZhelibanSettings, cache: Cache, transport: Transport | None = None) -> Connection:
    """Put the folder's parts together; nothing is called before it is asked for."""
    way_out = transport or Transport(NAME)
    client = IrsClient(settings, way_out)
    reader = Reader(NAME, cache, settings.timeout, way_out.meter)
    service = StudioService(client, settings.irs.components.studio)
    sources = (
        ZhelibanStudios(reader, service),
        ZhelibanMemberStatistics(reader, service),
        ZhelibanMarks(reader, service),
        ZhelibanQuestions(reader, service),
        ZhelibanSignIn(NAME, settings, client),
    )
    return Connection(sources, way_out.aclose, way_out.meter, service.probe, checkup_of(service, way_out))


ZHELIBAN = Platform(
    name=NAME,
    prefix="zlb",
    title_zh="浙里办",
    title_en="Zheliban (the citizens' app)",
    settings=ZhelibanSettings,
    connect=connect,
    sandbox=build_sandbox,
    tickets={TicketForm.ZHELIBAN_UNIFIED: "uc"},
)
