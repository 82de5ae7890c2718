"""浙政钉, the officials' work app: its address book, and signing in from inside the app.

Owns everything about this platform that surprises: how a request is signed, the envelopes, the application's
token, the limits of its calls. Knows nothing of the graph or of sign-on; offers the ports ``OfficialSource``,
``UnitSource`` and ``SignIn``. ``sandbox/`` is the platform itself, small, for tests and for trying out.
"""

from connectors.cache import Cache
from connectors.platform import Connection, Platform
from connectors.reading import Reader
from connectors.records.identity import TicketForm
from connectors.transport import Transport
from connectors.zhezhengding.checkup import checkup_of
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.sandbox.app import build_sandbox
from connectors.zhezhengding.settings import NAME, ZhezhengdingSettings
from connectors.zhezhengding.signin import ZhezhengdingSignIn
from connectors.zhezhengding.sources import ZhezhengdingOfficials, ZhezhengdingUnits


def connect(settings: ZhezhengdingSettings, cache: Cache, transport: Transport | None = None) -> Connection:
    """Put the platform to use; nothing is called before somebody asks. A transport may be handed in."""
    transport = transport or Transport(NAME)
    client = ZhezhengdingClient(settings, transport)
    reader = Reader(NAME, cache, settings.timeout, transport.meter)
    sources = (
        ZhezhengdingOfficials(settings, client, reader),
        ZhezhengdingUnits(settings, client, reader),
        ZhezhengdingSignIn(settings, client),
    )
    return Connection(sources, transport.aclose, transport.meter, client.probe, checkup_of(client, transport))


ZHEZHENGDING = Platform(
    name=NAME,
    prefix="zzd",
    title_zh="浙政钉",
    title_en="ZheZhengDing (the officials' work app)",
    settings=ZhezhengdingSettings,
    connect=connect,
    sandbox=build_sandbox,
    tickets={TicketForm.ZHEZHENGDING_APP: "app"},
)
