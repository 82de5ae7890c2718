"""Puts the gateway together as an ASGI application; no other function does."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Route

from auth.dpop.resource import BoundTokens
from auth.pages.page import Pages
from auth.pages.routes import page_routes
from auth.server.routes import oauth_routes
from connectors.platform import Platform
from gateway.errors.wording import Wording
from gateway.events import Events, dropping
from gateway.health.pages import Health
from gateway.http.addresses import Addresses
from gateway.http.cors import Cors
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.files import Files
from gateway.http.front import Front
from gateway.http.page import HelpPage
from gateway.http.patience import Doors
from gateway.http.schema_file import SchemaFile
from gateway.http.security import guarding
from gateway.http.sign_on import SignOnGate
from gateway.http.turnstile import Turnstile
from gateway.http.uploads import Uploads
from gateway.ide import ROUTE as IDE_FILES
from gateway.ide import Ide
from gateway.ide.client import register
from gateway.live.transports.transports import Transports
from gateway.metrics.answers import AnswersServed
from gateway.metrics.cache import ReadCache
from gateway.metrics.connections import LiveConnections
from gateway.metrics.engine import EngineRuns
from gateway.metrics.guards import Guards
from gateway.metrics.limited import Limited
from gateway.metrics.live import LiveAnswers
from gateway.metrics.loop import LoopLag
from gateway.metrics.observed import Observed
from gateway.metrics.on_call import OnCall
from gateway.metrics.outbox import OutboxEffects
from gateway.metrics.page import Metrics
from gateway.metrics.standing import Standing
from gateway.metrics.upstream import Upstream
from gateway.ops.endpoints import OpsEndpoints
from gateway.ops.entrance import Entrance
from gateway.ops.incidents.store import IncidentStore
from gateway.ops.pages.drawing import TEMPLATES as OPS_TEMPLATES
from gateway.ops.pages.routes import ops_page_routes
from gateway.parts import Parts
from gateway.persisted.finding import Persisted
from gateway.persisted.trusted import TrustedDocuments
from gateway.platforms import PLATFORMS
from gateway.settings import Settings
from gateway.uploads.keeping import Keeping


def create_app(settings: Settings, platforms: Sequence[Platform] = PLATFORMS) -> Front:
    """Put the parts together."""
    parts = Parts(settings, platforms)
    health, served = Health(parts), parts.served
    ide = Ide(public_url=settings.public_url)
    only_trusted = settings.documents.only_trusted
    events = Events(parts.events, dropping(parts.cache))
    files = Files(parts.files, parts.attachments, parts.engine.sources, parts.links, parts.authority)
    known_as = {one.name: (one.title_zh, one.title_en) for one in platforms}
    authority = parts.authority
    pages = Pages(settings.auth, authority.vault, authority.sessions, known_as)
    ops_pages = Pages(
        settings.auth, authority.vault, authority.sessions, known_as, templates=OPS_TEMPLATES, scripts=True
    )
    entrance = Entrance(authority, ops_pages)
    cors = Cors(parts.authority.origins.registered, settings.edge.cors_origins)
    guards = guarding(settings.public_url, settings.edge.hsts_s)
    edge = settings.edge if parts.audiences.everybody else settings.edge.model_copy(update={"suggestions": False})
    trusted = TrustedDocuments(settings.documents_folder)
    parts.tracing.is_trusted = lambda digest: trusted.text_of(digest) is not None
    persisted = Persisted(settings.documents, trusted)
    addresses = Addresses(edge.trusted_proxies)
    turnstile = Turnstile(parts.rates, addresses)
    transports = Transports(
        parts.subscriptions,
        authority,
        persisted=persisted,
        wording=Wording(parts.titles, suggestions=edge.suggestions),
        cors=cors,
        edge=edge,
        settings=settings.live,
        public_url=settings.public_url,
        guards=guards,
        most_cost=settings.limits.max_cost,
        turnstile=turnstile,
        tracing=parts.tracing,
    )
    lag = LoopLag()
    metrics = Metrics(
        settings.ops,
        [
            served,
            EngineRuns(parts.engine),
            Upstream(parts.watches),
            OnCall(parts.watches, parts.station),
            Guards(parts.watches),
            ReadCache(parts.cache),
            AnswersServed(parts.answers),
            LiveAnswers(parts.subscriptions),
            LiveConnections(transports),
            Observed(parts.tracing, parts.sending, parts.slow),
            Limited(parts.rates, parts.shared_use),
            lag,
            Standing(parts.process, parts.station.stores, authority.audit),
            OutboxEffects(parts.depth, parts.writing.tries, [one.name for one in platforms]),
        ],
    )
    graphql = GraphQLEndpoint(
        parts.answers,
        parts.authority.viewer_of,
        edge,
        bound=parts.authority.bound_tokens,
        page=HelpPage(only_trusted=True) if only_trusted else ide.page,
        titles=parts.titles,
        cors=cors,
        guards=guards,
        most_cost=settings.limits.max_cost,
        persisted=persisted,
        events=transports.events,
        turnstile=turnstile,
    )
    uploads = Uploads(
        Keeping(None if settings.mock else parts.attachments, authority.vault, settings.uploads),
        authority.viewer_of,
        BoundTokens("/uploads", authority.proofs, authority.tokens, settings.auth.dpop),
        settings.uploads,
        Wording(parts.titles),
        cors=cors,
        turnstile=turnstile,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with parts.opened(), metrics.own_port(), lag.running():
            if ide.page is not None and not only_trusted:
                await register(authority.clients, parts.database, settings.public_url)
            yield

    rest = Starlette(
        lifespan=lifespan,
        routes=[
            Route(
                "/graphql/schema.graphql", SchemaFile(cors, parts.audiences.text_for, parts.authority.viewer_of).read
            ),
            Route(IDE_FILES, ide.files),
            Route("/uploads", uploads),
            Route("/files/{id}", files.read),
            events.route(),
            *oauth_routes(parts.authority),
            *page_routes(parts.authority, pages),
            Route("/health/live", health.live),
            Route("/health/ready", health.ready),
            Route("/health/connectors", health.connectors),
            *OpsEndpoints(parts.station, entrance).routes(),
            *ops_page_routes(
                ops_pages,
                entrance,
                shows=parts.station,
                acts=parts.station.acting,
                kept=IncidentStore(parts.database, "pages"),
            ),
            *metrics.routes(),
        ],
    )
    rest.router.redirect_slashes = False  # it would send tickets and secrets on to where a Host header says
    rest.state.parts = parts
    rest.state.transports = transports
    rest.state.doors = Doors(edge, addresses, parts.rates)
    gate = SignOnGate(rest, parts.rates, addresses)
    return Front(graphql, gate, served, guards=guards, state=rest.state, tracing=parts.tracing, slow=parts.slow)
