"""Tells one who comes back what came meanwhile, then lets them hear what happens."""

from connectors.refusals import RefusedError
from gateway.live.audience import Audience
from gateway.live.bus import Bus
from gateway.live.feed import Feed
from gateway.live.log import Event, position_of
from gateway.live.runs import NamedAskerError
from gateway.live.streams import Message, Stream


async def replayed(missed: list[Event], stream: Stream, audience: Audience, feed: Feed, bus: Bus) -> None:
    """Read each event anew and put it before the reader, as fast as they take it; then join.

    What comes while this goes on is behind it in the log, until nothing is: then live takes over, without a gap.
    """
    told: set[str] = set()
    while missed:
        for event in missed:
            if stream.end is not None or (event.key in told and feed.live.once):
                continue
            payload, audience = await _payload(event, stream, audience, feed)
            if payload is not None:
                await stream.room()
                stream.put(Message(event.id, payload))
                told.add(event.key)
        position = position_of(missed[-1].id)
        try:
            missed = bus.since(feed.topic, missed[-1].id)
        except RefusedError:  # it took them so slowly that what came meanwhile is forgotten
            audience.finish([stream], "SLOW_READER", forget=True)
            return
        if not missed and stream.end is None:
            feed.join(stream, audience, position)
            if feed.live.once and len(audience.streams) == 1:
                audience.told(told)


async def _payload(event: Event, stream: Stream, audience: Audience, feed: Feed) -> tuple[bytes | None, Audience]:
    """The answer, and the audience it was read for: another, where it depends on who exactly asks."""
    try:
        return await audience.payload(event), audience
    except NamedAskerError:
        own = feed.audience(audience.listening, stream.access.viewer, audience.language)
        return await own.payload(event), own
