"""浙政钉, the officials' work app: its address book, and signing in from inside the app or by QR code.

Owns everything about this platform that surprises: how a request is signed, the envelopes, the application's
tokens, the limits of its calls. Knows nothing of the graph or of sign-on. ``sandbox/`` is the platform itself, small,
for tests and for trying out.
"""

from typing import TYPE_CHECKING

from connectors.cache import Cache
from connectors.platform import Connection, Platform
from connectors.reading import Reader
from connectors.records.identity import TicketForm
from connectors.transport import Transport
from connectors.zhezhengding.bridge import ZhezhengdingBridge
from connectors.zhezhengding.checkup import Looking
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.directory.accounts import ZhezhengdingAccounts
from connectors.zhezhengding.directory.calls import DirectoryCalls
from connectors.zhezhengding.directory.listing import ZhezhengdingDirectory
from connectors.zhezhengding.directory.officials import ZhezhengdingOfficials
from connectors.zhezhengding.directory.scopes import ZhezhengdingScopes
from connectors.zhezhengding.directory.searching import OfficialSearchHits
from connectors.zhezhengding.directory.units import ZhezhengdingUnits
from connectors.zhezhengding.events.source import ZhezhengdingEvents, ZhezhengdingRegistrar
from connectors.zhezhengding.messages.sources import ZhezhengdingMessages
from connectors.zhezhengding.notifications.media import ZhezhengdingMedia
from connectors.zhezhengding.notifications.notifier import ZhezhengdingNotifier
from connectors.zhezhengding.office.desk import ZhezhengdingDesk
from connectors.zhezhengding.office.notices import ZhezhengdingNotices
from connectors.zhezhengding.office.reads import OwnReads
from connectors.zhezhengding.proof import Application
from connectors.zhezhengding.settings import NAME, ZhezhengdingSettings
from connectors.zhezhengding.signin import ZhezhengdingSignIn
from connectors.zhezhengding.signin_page import ZhezhengdingSignInPage
from connectors.zhezhengding.todos.desk import ZhezhengdingTodoDesk
from connectors.zhezhengding.todos.source import ZhezhengdingTodos

if TYPE_CHECKING:
    from connectors.sandbox.app import SandboxApp
    from connectors.sandbox.world import World


def connect(settings: ZhezhengdingSettings, cache: Cache, transport: Transport | None = None) -> Connection:
    """Put the platform to use; nothing is called before somebody asks. A transport may be handed in."""
    transport = transport or settings.transport(NAME)
    client = ZhezhengdingClient(settings, transport)
    scanning = ZhezhengdingClient(settings, transport, application=Application.scanning(settings))
    calls = DirectoryCalls(settings, client)
    reader = Reader(NAME, cache, settings.timeout, transport.guard)
    accounts, own = ZhezhengdingAccounts(settings, calls, reader), OwnReads(settings, client, reader)
    sign_in, directory = ZhezhengdingSignIn(settings, client, scanning), ZhezhengdingDirectory(settings, calls, reader)
    sources = (
        ZhezhengdingOfficials(settings, calls, reader),
        directory,
        OfficialSearchHits(directory, calls, reader),
        accounts,
        ZhezhengdingUnits(settings, calls, reader),
        ZhezhengdingScopes(settings, calls),
        sign_in,
        ZhezhengdingSignInPage(settings, sign_in),
        ZhezhengdingBridge(settings, client),
        ZhezhengdingTodos(settings, client, reader, accounts),
        ZhezhengdingTodoDesk(settings, client),
        ZhezhengdingNotifier(settings, client),
        ZhezhengdingMedia(settings, client),
        ZhezhengdingNotices(settings, client, own),
        ZhezhengdingDesk(own),
        ZhezhengdingMessages(settings, client, own),
        ZhezhengdingEvents(settings),
        ZhezhengdingRegistrar(settings, client),
    )
    looking = Looking(settings, transport, client, calls)
    return Connection(sources, transport.aclose, transport.guard, looking.probe, looking.checkup(), transport.look)


def _sandbox(settings: ZhezhengdingSettings, world: "World") -> "SandboxApp":
    """The platform itself, small; read only where one is run."""
    from connectors.zhezhengding.sandbox.app import build_sandbox  # noqa: PLC0415 - a gateway and its commands need none

    return build_sandbox(settings, world)


ZHEZHENGDING = Platform(
    name=NAME,
    prefix="zzd",
    title_zh="浙政钉",
    title_en="ZheZhengDing (the officials' work app)",
    settings=ZhezhengdingSettings,
    connect=connect,
    sandbox=_sandbox,
    tickets={TicketForm.ZHEZHENGDING_APP: "app", TicketForm.ZHEZHENGDING_QR: "qr"},
)
