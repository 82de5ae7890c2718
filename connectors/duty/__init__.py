"""履职服务综合平台, the member-duty platform: studios, members, committees, and what members do.

Owns the interface (``contract/``) and what the gateway makes of it; leaves what citizens do with studios to 浙里办
and the address book to 浙政钉. A subject is a module or a folder; it is one line below, and one in the sandbox's
``endpoints.py``. See ``README.md`` for the platform's oddities.
"""

from typing import TYPE_CHECKING

from connectors.cache import Cache
from connectors.duty.activities import DutyActivities, DutyAttendances
from connectors.duty.articles import DutyArticles
from connectors.duty.checkup import checkup_of
from connectors.duty.client import DutyClient
from connectors.duty.consulting import (
    DutyConsultationPlans,
    DutyHallEvents,
    DutyOversights,
    DutySuggestionFormDesk,
    DutySuggestionForms,
)
from connectors.duty.deliberations import DutyDeliberations
from connectors.duty.desks import DutyDesk
from connectors.duty.duties import DutyRecords, DutyScores
from connectors.duty.files import DutyMatterFiles
from connectors.duty.login_provider import LoginProvider
from connectors.duty.lookup import DutyMemberLookup
from connectors.duty.micro import DutyMicroSuggestionDesk, DutyMicroSuggestions
from connectors.duty.opinions import DutyOpinionReportDesk, DutyOpinionReports
from connectors.duty.proposals import DutyProposalDesk, DutyProposals
from connectors.duty.reading import DutyReadingDesk, DutyReadingGroups, DutyStudyMaterials
from connectors.duty.reads import DutyReads
from connectors.duty.search import DutySearch
from connectors.duty.settings import DutySettings
from connectors.duty.shifts import DutyShifts
from connectors.duty.signin import DutySignInPage
from connectors.duty.sources import DutyCommittees, DutyMembers, DutyPortraits, DutyStudios
from connectors.duty.statements import DutyStatementDesk, DutyStatements
from connectors.duty.writes import DutyWrites
from connectors.platform import Connection, Platform
from connectors.reading import Reader
from connectors.transport import Transport

if TYPE_CHECKING:
    from connectors.sandbox.app import SandboxApp
    from connectors.sandbox.world import World

NAME = "duty"


def connect(settings: DutySettings, cache: Cache, transport: Transport | None = None) -> Connection:
    """Put the platform's sources together; a transport may be handed in, and is let go of with the connection."""
    transport = transport or settings.transport(NAME)
    client = DutyClient(settings, transport)
    reader = Reader(NAME, cache, settings.timeout, transport.guard)
    reads = DutyReads(client, reader, settings.batch)
    desk = DutyDesk(client)
    sources = (
        DutyStudios(reads),
        DutyMembers(reads),
        DutyMemberLookup(settings, client, reader),
        DutySignInPage(settings, LoginProvider(settings, transport)),
        DutyCommittees(reads),
        DutyShifts(reads),
        DutyPortraits(client, reader),
        DutyWrites(reads),
        DutyScores(reads),
        DutyRecords(reads),
        DutyActivities(reads),
        DutyAttendances(reads),
        DutyDeliberations(reads),
        DutyStatements(reads),
        DutyStatementDesk(desk),
        DutyArticles(reads),
        DutyReadingGroups(reads),
        DutyReadingDesk(desk),
        DutyStudyMaterials(reads),
        DutySearch(reads),
        DutyProposals(reads),
        DutyProposalDesk(desk),
        DutyOpinionReports(reads),
        DutyOpinionReportDesk(desk),
        DutyMicroSuggestions(reads),
        DutyMicroSuggestionDesk(desk),
        DutySuggestionForms(reads),
        DutySuggestionFormDesk(desk),
        DutyHallEvents(reads),
        DutyOversights(reads),
        DutyConsultationPlans(reads),
        DutyMatterFiles(client),
    )
    return Connection(
        sources, transport.aclose, transport.guard, client.probe, checkup_of(client, transport), transport.look
    )


def _sandbox(settings: DutySettings, world: "World") -> "SandboxApp":
    """The platform itself, small; read only where one is run."""
    from connectors.duty.sandbox import build_sandbox  # noqa: PLC0415 - a gateway and its commands need none

    return build_sandbox(settings, world)


DUTY = Platform(
    name=NAME,
    prefix="duty",
    title_zh="履职服务综合平台",
    title_en="the member-duty platform",
    settings=DutySettings,
    connect=connect,
    sandbox=_sandbox,
)
