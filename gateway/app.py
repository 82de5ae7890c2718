"""Puts the gateway together as an ASGI application; no other function does."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from auth.server.routes import oauth_routes
from connectors.platform import Platform
from gateway.events import Events
from gateway.execution.operation import Language
from gateway.health.pages import Health
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.files import Files
from gateway.http.language import language_of
from gateway.ide import ROUTE as IDE_FILES
from gateway.ide import Ide
from gateway.logs import AccessLog
from gateway.metrics.page import Metrics
from gateway.metrics.served import Measured, Served
from gateway.metrics.upstream import Upstream
from gateway.parts import Parts
from gateway.platforms import PLATFORMS
from gateway.settings import Settings
from schema.languages import sdl


def create_app(settings: Settings, platforms: Sequence[Platform] = PLATFORMS) -> Starlette:
    """Put the parts together."""
    parts = Parts(settings, platforms)
    health, served = Health(parts), Served()
    metrics = Metrics(settings.ops, [served, Upstream(parts.watches)])
    ide = Ide()
    events = Events(parts.events)
    files = Files(parts.files, parts.attachments, parts.engine.sources, parts.links, parts.authority)
    titles = {one.name: {Language.ZH: one.title_zh, Language.EN: one.title_en} for one in platforms}
    graphql = GraphQLEndpoint(parts.engine, parts.authority.viewer_of, settings.edge, page=ide.page, titles=titles)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with parts.opened(), metrics.own_port():
            yield

    app = Starlette(
        lifespan=lifespan,
        middleware=[Middleware(AccessLog), Middleware(Measured, served)],  # plain ASGI, no BaseHTTPMiddleware
        routes=[
            Route("/graphql", graphql),
            Route("/graphql/schema.graphql", schema_file),
            Route(IDE_FILES, ide.files),
            Route("/files/{id}", files.read),
            events.route(),
            *oauth_routes(parts.authority),
            Route("/health/live", health.live),
            Route("/health/ready", health.ready),
            Route("/health/connectors", health.connectors),
            *metrics.routes(),
        ],
    )
    app.router.redirect_slashes = False  # it would send tickets and secrets on to where a Host header says
    app.state.parts = parts
    return app


async def schema_file(request: Request) -> Response:
    """The schema as text, described in the language asked for."""
    chosen = request.query_params.get("lang", "")
    spoken = request.headers.get("accept-language", "")
    language = Language(chosen) if chosen in {*Language} else language_of(spoken)
    headers = {
        "Cache-Control": "public, max-age=300",
        "Content-Language": language.value,
        "Vary": "Accept-Language",
        "X-Content-Type-Options": "nosniff",
    }
    return PlainTextResponse(sdl(language.value), headers=headers)
