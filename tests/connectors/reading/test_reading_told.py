"""What a read tells of itself, and what is counted."""

import asyncio
from collections.abc import Mapping

from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, UnexpectedAnswerError
from connectors.guarding.guard import Guard
from connectors.metering import Meter
from connectors.provenance import CacheState, Provenance
from connectors.reading import Reader, ReadRule
from connectors.viewer import ANYONE, Role, Viewer
from tests.connectors.kept import Clock, begun, made
from tests.connectors.reading.upstream import NEVER, RULE, Upstream, ask

OWN = ReadRule("things", batch=3, fresh_for=60.0, private=True)
ALICE = Viewer(person_id="p-alice", roles=frozenset({Role.ANYONE, Role.CITIZEN}), accounts={"here": "alice"})
BOB = Viewer(person_id="p-bob", roles=frozenset({Role.ANYONE, Role.CITIZEN}), accounts={"here": "bob"})


async def test_a_read_says_how_it_was_answered(reader: Reader, upstream: Upstream, clock: Clock) -> None:
    """One word for all keys, that of the least fresh: fetched, kept, partly fetched, stale."""
    rule = ReadRule("things", batch=3, fresh_for=60.0, stale_for=30.0)
    told: list[Provenance] = []

    await reader.read(rule, ["a"], ask(told=told), upstream.fetch)
    clock.now += 10
    await reader.read(rule, ["a", "a"], ask(told=told), upstream.fetch)
    await reader.read(rule, ["a", "b"], ask(told=told), upstream.fetch)
    clock.now += 60
    await reader.read(rule, ["a", "b"], ask(told=told), upstream.fetch)
    await reader.read(rule, [], ask(told=told), upstream.fetch)

    assert [one.state for one in told] == [
        CacheState.FETCHED,
        CacheState.KEPT,
        CacheState.FETCHED,
        CacheState.STALE,
    ]
    assert [one.fetched_at for one in told] == [1000.0] * 4
    assert [one.fresh_until for one in told] == [1060.0] * 4
    assert [one.upstream_ms for one in told] == [0.0, None, 0.0, None]
    assert {(one.platform, one.operation, one.private) for one in told} == {("here", "things", False)}


async def test_where_nothing_is_kept_every_read_asks(clock: Clock, upstream: Upstream) -> None:
    """Whatever the rule says; nothing is fresh for later, and nothing stays in the memory."""
    cache, told = made(clock, keep=False, share=False), list[Provenance]()
    reader = Reader("here", cache, timeout=7.0)

    first = await reader.read(RULE, ["a", "no"], ask(told=told), upstream.fetch)
    again = await reader.read(RULE, ["a", "no"], ask(), upstream.fetch)

    assert first == again == ["A", None]
    assert upstream.chunks == [["a", "no"], ["a", "no"]]
    assert [(one.state, one.fresh_until) for one in told] == [(CacheState.FETCHED, 0.0)]
    assert cache.stats().entries == 0


async def test_where_nothing_is_kept_reads_under_way_are_shared(clock: Clock, upstream: Upstream) -> None:
    """One call for those who ask for the same at the same time, each asker's own where the rule is private."""
    cache = made(clock, keep=False)
    reader = Reader("here", cache, timeout=7.0)
    upstream.go.clear()

    reads = [asyncio.create_task(reader.read(RULE, ["a"], ask(), upstream.fetch)) for _ in range(10)]
    own = [asyncio.create_task(reader.read(OWN, ["a"], ask(viewer=who), upstream.fetch)) for who in (ALICE, BOB)]
    await begun()
    upstream.go.set()
    entries = await asyncio.gather(*reads, *own)

    assert entries == [["A"]] * 12
    assert upstream.chunks == [["a"]] * 3
    assert cache.stats().entries == 0


async def test_what_failed_or_is_not_kept_is_fresh_for_nobody(reader: Reader, lone: Reader, upstream: Upstream) -> None:
    """With an error in it, late or by a rule that keeps nothing: what is made of it must not be kept either."""
    told: list[Provenance] = []

    await reader.read(RULE, ["a", "b", "c", "bad"], ask(told=told), upstream.fetch)
    await reader.read(RULE, ["late"], ask(0.0, told=told), upstream.fetch)
    await reader.read(NEVER, ["a"], ask(told=told), upstream.fetch)
    await reader.read(NEVER, ["a"], ask(0.0, told=told), upstream.fetch)
    await lone.read(NEVER, ["a"], ask(told=told), upstream.fetch)

    assert [(one.state, one.fresh_until) for one in told] == [(CacheState.FETCHED, 0.0)] * 5
    assert [one.upstream_ms is None for one in told] == [False, True, False, True, False]


async def test_what_is_somebodys_own_is_said_so(reader: Reader, upstream: Upstream) -> None:
    """By a private rule, unless nobody in particular asked: then all like them are answered the same."""
    told: list[Provenance] = []

    for rule, viewer in ((OWN, ALICE), (OWN, ALICE), (OWN, ANYONE), (RULE, ALICE)):
        await reader.read(rule, ["a"], ask(viewer=viewer, told=told), upstream.fetch)

    assert [one.private for one in told] == [True, True, False, False]


async def test_kept_keys_are_counted(clock: Clock, upstream: Upstream) -> None:
    """By operation: what the cache answered, and what of it was stale."""
    meter = Meter("here")
    reader = Reader("here", made(clock), timeout=7.0, guard=Guard(meter))
    rule = ReadRule("things", batch=3, fresh_for=60.0, stale_if_error=600.0)

    await reader.read(rule, ["a", "b"], ask(), upstream.fetch)
    await reader.read(rule, ["a", "b", "c"], ask(), upstream.fetch)
    await reader.read(rule, ["a", "b", "c"], ask(), upstream.fetch)
    clock.now += 100

    async def ill(_: list[str], __: Deadline) -> Mapping[str, str]:
        raise UnexpectedAnswerError("here", "things")

    entries = await reader.read(rule, ["a", "z"], ask(), ill)

    assert entries[0] == "A"
    assert isinstance(entries[1], UnexpectedAnswerError)
    assert (meter.totals["things"].hits, meter.totals["things"].stale) == (6, 1)


async def test_a_refusal_is_not_stood_in_for(reader: Reader, upstream: Upstream, clock: Clock) -> None:
    """Who may no longer see it does not, however long the rule lets an illness be hidden."""
    rule = ReadRule("things", batch=3, fresh_for=60.0, stale_if_error=600.0)
    await reader.read(rule, ["a"], ask(), upstream.fetch)
    clock.now += 100

    async def refused(_: list[str], __: Deadline) -> Mapping[str, str]:
        raise NotAllowedError("here", "things")

    [entry] = await reader.read(rule, ["a"], ask(), refused)

    assert isinstance(entry, NotAllowedError)
