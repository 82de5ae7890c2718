"""浙里办, the citizen app: sign-on of citizens and companies, shared data, and our services behind IRS.

Owns IRS signing, the forms of sign-on, the data-sharing gateway and the contracts of ``contract/``; leaves the studios
themselves to the duty registry. See ``README.md`` for its oddities.
"""

from typing import TYPE_CHECKING

from connectors.cache import Cache
from connectors.platform import Connection, Platform
from connectors.reading import Reader
from connectors.records.identity import TicketForm
from connectors.transport import Transport
from connectors.zheliban.checkup import checkup_of
from connectors.zheliban.client import IrsClient
from connectors.zheliban.datasharing import SharingSecrets, ZhelibanDataSharing
from connectors.zheliban.exchange import Exchange
from connectors.zheliban.services import service_sources
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signin import ZhelibanSignIn
from connectors.zheliban.signin_page import ZhelibanSignInPage

if TYPE_CHECKING:
    from connectors.sandbox.app import SandboxApp
    from connectors.sandbox.world import World

__all__ = ["ZHELIBAN", "connect"]

NAME = "zheliban"


def connect(settings: ZhelibanSettings, cache: Cache, transport: Transport | None = None) -> Connection:
    """Put the folder's parts together; nothing is called before it is asked for."""
    way_out = transport or settings.transport(NAME)
    client, exchange = IrsClient(settings, way_out), Exchange(way_out)
    secrets = SharingSecrets(settings, exchange)
    reader = Reader(NAME, cache, settings.timeout, way_out.guard)
    services, probe = service_sources(settings, client, reader)
    sign_in = ZhelibanSignIn(settings, client, exchange)
    sources = (
        *services,
        sign_in,
        ZhelibanSignInPage(settings, sign_in, NAME),
        ZhelibanDataSharing(settings, way_out, exchange, secrets),
    )
    checkup = checkup_of(settings, way_out, client, secrets, probe)
    return Connection(sources, way_out.aclose, way_out.guard, probe, checkup, way_out.look)


def _sandbox(settings: ZhelibanSettings, world: "World") -> "SandboxApp":
    """The platform itself, small; read only where one is run."""
    from connectors.zheliban.sandbox import build_sandbox  # noqa: PLC0415 - a gateway and its commands need none

    return build_sandbox(settings, world)


ZHELIBAN = Platform(
    name=NAME,
    prefix="zlb",
    title_zh="浙里办",
    title_en="Zheliban (the citizens' app)",
    settings=ZhelibanSettings,
    connect=connect,
    sandbox=_sandbox,
    tickets={
        TicketForm.ZHELIBAN_UNIFIED: "uc",
        TicketForm.ZHELIBAN_CLASSIC: "classic",
        TicketForm.ZHELIBAN_ESSO: "esso",
    },
)
