"""The gateway's parts, put together once: connections, cache, sign-on, engine."""

import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import structlog

from auth.authority import Authority
from auth.store import Database, upgrade
from auth.vault import SealBrokenError
from connectors import ports
from connectors.platform import Platform
from connectors.ports import (
    AttachmentStore,
    CommitteeRegistry,
    EventSource,
    FileSource,
    MemberLookup,
    OfficialSource,
    SearchSource,
    SignIn,
    SignInPage,
)
from gateway.audiences import Audiences
from gateway.caching import opened_cache
from gateway.cockpit.numbers import CockpitNumbers
from gateway.cockpit.topics import Topics
from gateway.disclosures import Disclosures
from gateway.errors.wording import Wording
from gateway.execution.answers import Answers
from gateway.execution.engine import Engine
from gateway.execution.operation import Language
from gateway.health.connectors import Watches
from gateway.health.prober import Prober
from gateway.health.watch import Watch
from gateway.http.file_links import FileLinks
from gateway.live.access import Accesses
from gateway.live.drops import Drops
from gateway.live.opening import opened_bus
from gateway.live.subscriptions import Subscriptions
from gateway.mock.answering import marked, mock_schema
from gateway.places import Places
from gateway.searching.everywhere import Everywhere, Searched
from gateway.settings import Settings
from gateway.subgraph import SubgraphTeller
from gateway.writes.depth import Depth
from gateway.writes.writing import Writing
from schema.build import shared_schema
from schema.loaders import Sources

PORTS: tuple[Any, ...] = tuple(
    kind
    for module in pkgutil.iter_modules(ports.__path__, f"{ports.__name__}.")
    for kind in vars(importlib.import_module(module.name)).values()
    if getattr(kind, "_is_runtime_protocol", False) and kind.__module__ == module.name
)
"""Every port there is; a file of ports is taken in unasked."""
_METHODS = {port: [name for name in vars(port) if not name.startswith("_")] for port in PORTS}


class Parts:
    """Lives as long as the process; made without the network, so that no platform can keep it from starting."""

    def __init__(self, settings: Settings, platforms: Sequence[Platform]) -> None:
        self.settings = settings
        self.cache = opened_cache(settings.cache)
        self.connections = [platform.connect(settings.platform(platform), self.cache) for platform in platforms]
        named = zip(platforms, self.connections, strict=True)
        self.watches = Watches([Watch(platform.title_zh, connection) for platform, connection in named])
        timeouts = [settings.platform(platform).timeout for platform in platforms]
        self.prober = Prober(self.watches.all, timeouts, settings.ops.probe_interval_s)
        offered = [source for connection in self.connections for source in connection.sources]
        self.database = Database(settings.auth.database_url)
        self.authority = Authority(
            settings.auth,
            self.database,
            signins=[source for source in offered if isinstance(source, SignIn)],
            lookup=_first(offered, MemberLookup),
            officials=_first(offered, OfficialSource),
            committees=_first(offered, CommitteeRegistry),
            sign_in_pages=[source for source in offered if isinstance(source, SignInPage)],
        )
        self.files = _first(offered, FileSource)
        searched = [
            Searched(platform.name, source)
            for platform, connection in zip(platforms, self.connections, strict=True)
            for source in connection.sources
            if isinstance(source, SearchSource)
        ]
        told = settings.limits.introspection
        self.audiences = Audiences(shared_schema(), everybody=told == "full" or (told == "auto" and settings.sandbox))
        subgraph = SubgraphTeller(self.audiences, off=told == "off")
        offers = bound([*offered, self.authority.accounts, self.watches, subgraph, Everywhere(searched)])
        self.topics = Topics(
            0 if settings.mock else settings.cockpit.topics_interval_s, self.database, self.authority.vault, offers
        )
        sources = {**offers, **bound([CockpitNumbers(offers), Places(), *self.topics.sources])}
        self.attachments = _first(offered, AttachmentStore)
        self.events = [source for source in offered if isinstance(source, EventSource)]
        self.links = FileLinks(settings.public_url, settings.auth.secret, settings.auth.previous_secrets)
        self.titles = {one.name: {Language.ZH: one.title_zh, Language.EN: one.title_en} for one in platforms}
        self.bus = opened_bus(settings.live)
        self.writing = Writing(
            settings.writes,
            self.database,
            self.authority.vault,
            sources=sources,
            offered={
                platform.name: connection.sources
                for platform, connection in zip(platforms, self.connections, strict=True)
            },
            wording=Wording(self.titles),
            drop=Drops(self.cache, self.bus),
            publish=self.bus.publish,
            public_url=settings.public_url,
        )
        self.depth = Depth(self.database, watched=settings.ops.metrics)
        sources |= bound([self.writing.performing.statuses])
        self.engine = Engine(
            mock_schema() if settings.mock else shared_schema(),
            sources,
            self.links,
            settings.limits,
            disclosed=Disclosures(self.authority.audit),
            told_to=self.audiences.schema_for,
            writer=self.writing.performing.for_caller,
        )
        execute = marked(self.engine) if settings.mock else self.engine
        self.answers = Answers(execute, self.engine.is_public, settings.answers)
        self.cache.on_drop.append(self.answers.drop)
        self.subscriptions = Subscriptions(
            self.engine, self.answers, self.bus, self.cache, wording=Wording(self.titles), settings=settings.live
        )
        self.accesses = Accesses(self.authority)
        self.ready = False

    def hold(self) -> None:
        """Ask no platform by ourselves until ``release``: they are only being started."""
        self.prober.hold()
        self.topics.reader.hold()

    def release(self) -> None:
        """Begin, if that was held."""
        self.prober.release()
        self.topics.reader.release()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Bring the database up to date, serve, and let go of everything in the end."""
        try:
            await upgrade(self.database)
            await self.authority.open()
        except Exception as error:
            structlog.get_logger().error(_cannot_open(error), fault=error)  # the server tells only that it ends
            raise
        self.ready = True
        try:
            async with (
                self.authority.running(),
                self.prober.running(),
                self.topics.reader.running(),
                self.writing.outbox.running(),
                self.depth.running(),
                self.subscriptions.running(),
            ):
                yield
        finally:
            self.ready = False
            await self.answers.aclose()
            await self.cache.aclose()
            for connection in self.connections:
                await connection.aclose()
            await self.database.aclose()


def bound(offered: Iterable[Any]) -> Sources:
    """Each port's method to the method of the source that offers the port; the first that does wins."""
    sources: dict[Any, Any] = {}
    for source in offered:
        for port in _ports_of(source.__class__):
            if port not in {SignIn, SignInPage}:
                for name in _METHODS[port]:
                    sources.setdefault(getattr(port, name), getattr(source, name))
    return sources


@cache
def _ports_of(kind: type) -> tuple[Any, ...]:
    """The ports whose every method a class has.

    ``isinstance`` would tell the same, but takes every port apart each time: a tenth of a second, for all of them.
    """
    return tuple(port for port in PORTS if all(hasattr(kind, name) for name in _METHODS[port]))


def _first(offered: Iterable[object], port: Any) -> Any:
    """The source that offers a port; None when no platform does."""
    return next((source for source in offered if isinstance(source, port)), None)


def _cannot_open(error: Exception) -> str:
    if isinstance(error, SealBrokenError):
        return "auth.secret does not open what is stored: if it was changed, add the earlier to auth.previous_secrets"
    return "sign-on cannot be opened: see auth.database_url"
