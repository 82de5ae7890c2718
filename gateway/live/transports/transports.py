"""Both transports, put together once."""

from collections.abc import Sequence

from auth.authority import Authority
from gateway.errors.wording import Wording
from gateway.http.asking import Asking
from gateway.http.cors import Cors
from gateway.http.security import Header
from gateway.http.settings import EdgeSettings
from gateway.http.turnstile import Turnstile
from gateway.live.access import Accesses
from gateway.live.settings import LiveSettings
from gateway.live.subscriptions import Subscriptions
from gateway.live.transports.guest import Door
from gateway.live.transports.operations import Operations
from gateway.live.transports.pacer import Pacer
from gateway.live.transports.seats import Seats
from gateway.live.transports.service import Service
from gateway.live.transports.sse import EventStreams
from gateway.live.transports.websockets import WebSockets
from gateway.observing.tracing import Tracing
from gateway.persisted.finding import Persisted


class Transports:
    """One per process: ``events`` answers at ``/graphql``, ``websockets`` is what uvicorn takes."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        authority: Authority,
        *,
        persisted: Persisted,
        wording: Wording,
        cors: Cors,
        edge: EdgeSettings,
        settings: LiveSettings,
        public_url: str,
        guards: Sequence[Header],
        most_cost: int | None = None,
        turnstile: Turnstile | None = None,
        tracing: Tracing | None = None,
    ) -> None:
        turnstile = turnstile or Turnstile()
        accesses = Accesses(authority)
        self.seats = Seats(settings)
        operations = Operations(
            subscriptions, persisted, wording, edge, most_cost=most_cost, rates=turnstile.rates, tracing=tracing
        )
        door = Door(accesses, cors, self.seats, public_url, turnstile)
        self.service = Service(door, operations, settings, Pacer(settings.gather_ms / 1000))
        self.websockets = WebSockets(self.service)
        self.events = EventStreams(
            operations,
            accesses,
            Asking(edge, cors),
            seats=self.seats,
            cors=cors,
            bound=authority.bound_tokens,
            settings=settings,
            guards=guards,
            turnstile=turnstile,
        )
