"""The gateway's parts, put together once: connections, cache, sign-on, engine."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog

from auth.authority import Authority
from auth.store import Database, upgrade
from auth.vault import SealBrokenError
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
from gateway.limits.rates import Rates
from gateway.limits.sharing import SharedUse
from gateway.live.access import Accesses
from gateway.live.drops import Drops
from gateway.live.opening import opened_bus
from gateway.live.subscriptions import Subscriptions
from gateway.metrics.served import Served
from gateway.mock.answering import marked, mock_schema
from gateway.observing.sending import Sending
from gateway.observing.slow import SlowOperations
from gateway.observing.tracing import Tracing
from gateway.offering import bound, first_of
from gateway.ops.process import Process
from gateway.ops.station import Station
from gateway.places import Places
from gateway.searching.everywhere import Everywhere, Searched
from gateway.settings import Settings
from gateway.subgraph import SubgraphTeller
from gateway.writes.depth import Depth
from gateway.writes.writing import Writing
from schema.build import shared_schema


class Parts:
    """Lives as long as the process; made without the network, so that no platform can keep it from starting."""

    def __init__(self, settings: Settings, platforms: Sequence[Platform]) -> None:
        self.settings = settings
        self.sending = Sending(settings.ops.traces)
        self.tracing = Tracing(settings.ops.traces, self.sending.record if settings.ops.traces.endpoint else None)
        self.slow = SlowOperations(settings.ops.slow_ms)
        self.cache = opened_cache(settings.cache)
        self.connections = [platform.connect(settings.platform(platform), self.cache) for platform in platforms]
        named = zip(platforms, self.connections, strict=True)
        self.watches = Watches(
            [
                Watch(platform.title_zh, connection, secret_ends=settings.platform(platform).credentials_end)
                for platform, connection in named
            ]
        )
        timeouts = [settings.platform(platform).timeout for platform in platforms]
        self.prober = Prober(self.watches.all, timeouts, settings.ops.probe_interval_s)
        offered = [source for connection in self.connections for source in connection.sources]
        self.database = Database(settings.auth.database_url)
        self.authority = Authority(
            settings.auth,
            self.database,
            signins=[source for source in offered if isinstance(source, SignIn)],
            lookup=first_of(offered, MemberLookup),
            officials=first_of(offered, OfficialSource),
            committees=first_of(offered, CommitteeRegistry),
            sign_in_pages=[source for source in offered if isinstance(source, SignInPage)],
        )
        self.files = first_of(offered, FileSource)
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
        self.attachments = first_of(offered, AttachmentStore)
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
            tracing=self.tracing,
        )
        self.rates = Rates(settings.limits)
        self.shared_use = SharedUse(settings.limits, self.rates)
        self.depth = Depth(self.database)
        sources |= bound([self.writing.performing.statuses])
        self.engine = Engine(
            mock_schema() if settings.mock else shared_schema(),
            sources,
            self.links,
            settings.limits,
            disclosed=Disclosures(self.authority.audit),
            told_to=self.audiences.schema_for,
            writer=self.writing.performing.for_caller,
            rates=self.rates,
        )
        execute = marked(self.engine) if settings.mock else self.engine
        self.answers = Answers(execute, self.engine.is_public, settings.answers)
        self.cache.on_drop.append(self.answers.drop)
        self.subscriptions = Subscriptions(
            self.engine,
            self.answers,
            self.bus,
            self.cache,
            wording=Wording(self.titles),
            settings=settings.live,
            tracing=self.tracing,
        )
        self.accesses = Accesses(self.authority)
        self.process = Process(subscriptions=self.subscriptions.__len__)
        self.served = Served()
        self.station = Station(
            settings,
            self.watches,
            {one.name: (one.title_zh, one.title_en) for one in platforms},
            authority=self.authority,
            prober=self.prober,
            served=self.served,
            depth=self.depth,
            process=self.process,
        )
        self.engine.on_spoiled = self.answers.on_spoiled = self.station.noticed.count

    @property
    def ready(self) -> bool:
        """Whether requests may be sent here."""
        return self.process.ready

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
        self.process.opened = True
        try:
            async with (
                self.sending.running(),
                self.authority.running(),
                self.prober.running(),
                self.topics.reader.running(),
                self.writing.outbox.running(),
                self.depth.running(),
                self.station.running(),
                self.subscriptions.running(),
                self.shared_use.running(),
            ):
                yield
        finally:
            self.process.opened = False
            self.slow.flush()
            await self.answers.aclose()
            await self.cache.aclose()
            for connection in self.connections:
                await connection.aclose()
            await self.database.aclose()


def _cannot_open(error: Exception) -> str:
    if isinstance(error, SealBrokenError):
        return "auth.secret does not open what is stored: if it was changed, add the earlier to auth.previous_secrets"
    return "sign-on cannot be opened: see auth.database_url"
