"""Reading by many keys: order, chunks, errors in their places, what is kept for how long."""

import asyncio
from collections.abc import Mapping

import pytest

from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, TooSlowError, UnexpectedAnswerError
from connectors.metering import Meter
from connectors.provenance import CacheState, Provenance
from connectors.reading import Reader, ReadRule
from connectors.viewer import ANYONE, Ask, Role, Viewer
from tests.connectors.kept import Clock, begun, made

NEVER = ReadRule("things", batch=3, fresh_for=0.0)
OWN = ReadRule("things", batch=3, fresh_for=60.0, private=True)
ALICE = Viewer(person_id="p-alice", roles=frozenset({Role.ANYONE, Role.CITIZEN}), accounts={"here": "alice"})
BOB = Viewer(person_id="p-bob", roles=frozenset({Role.ANYONE, Role.CITIZEN}), accounts={"here": "bob"})
RULE = ReadRule("things", batch=3, fresh_for=60.0)


class Upstream:
    """Knows every key but those that begin with ``no``; fails for a chunk with ``bad`` in it."""

    def __init__(self) -> None:
        self.chunks: list[list[str]] = []
        self.remaining: list[float] = []
        self.go = asyncio.Event()
        self.go.set()

    async def fetch(self, keys: list[str], deadline: Deadline) -> Mapping[str, str]:
        """One call."""
        self.chunks.append(keys)
        self.remaining.append(deadline.remaining())
        await self.go.wait()
        if "bad" in keys:
            raise UnexpectedAnswerError("here", "things")
        return {key: key.upper() for key in keys if not key.startswith("no")} | {"unasked": "!"}


@pytest.fixture
def clock() -> Clock:
    """The cache's clock."""
    return Clock()


@pytest.fixture
def reader(clock: Clock) -> Reader:
    """A reader whose calls may take seven seconds."""
    return Reader("here", made(clock), timeout=7.0)


@pytest.fixture
def lone(clock: Clock) -> Reader:
    """The same, where nobody waits for another's call."""
    return Reader("here", made(clock, share=False), timeout=7.0)


@pytest.fixture
async def upstream() -> Upstream:
    """What is read from."""
    return Upstream()


def ask(seconds: float = 30.0, viewer: Viewer = ANYONE, told: list[Provenance] | None = None) -> Ask:
    """Nobody in particular, unless said."""
    return Ask(viewer, Deadline.after(seconds), told=told)


async def test_answers_in_the_order_of_the_keys(reader: Reader, upstream: Upstream) -> None:
    """One entry a key, None for what is not known; a double is asked once."""
    entries = await reader.read(RULE, ["b", "no", "a", "b"], ask(), upstream.fetch)

    assert entries == ["B", None, "A", "B"]
    assert upstream.chunks == [["b", "no", "a"]]


async def test_no_keys_are_no_call(reader: Reader, upstream: Upstream) -> None:
    """Nothing asked, nothing answered."""
    assert await reader.read(RULE, [], ask(), upstream.fetch) == []
    assert upstream.chunks == []


async def test_chunks_go_out_at_once(reader: Reader, upstream: Upstream) -> None:
    """More keys than a call may carry are several calls, none waiting for another."""
    upstream.go.clear()
    reading = asyncio.create_task(reader.read(RULE, list("abcdefgh"), ask(), upstream.fetch))
    for _ in range(10):
        await asyncio.sleep(0)
    under_way = len(upstream.chunks)
    upstream.go.set()

    assert await reading == list("ABCDEFGH")
    assert under_way == 3
    assert upstream.chunks == [["a", "b", "c"], ["d", "e", "f"], ["g", "h"]]


async def test_an_error_fills_only_its_chunk(reader: Reader, upstream: Upstream) -> None:
    """The keys of the call that failed have the error, the others their records."""
    entries = await reader.read(RULE, ["a", "b", "c", "bad", "d"], ask(), upstream.fetch)

    assert entries[:3] == ["A", "B", "C"]
    assert [type(entry) for entry in entries[3:]] == [UnexpectedAnswerError] * 2


async def test_an_error_is_never_kept(reader: Reader, upstream: Upstream) -> None:
    """The next reader asks again; what was answered beside the error is kept."""
    await reader.read(RULE, ["a", "b", "c", "bad"], ask(), upstream.fetch)
    await reader.read(RULE, ["a", "b", "c", "bad"], ask(), upstream.fetch)

    assert upstream.chunks == [["a", "b", "c"], ["bad"], ["bad"]]


async def test_records_are_kept_by_the_rule_and_absence_briefly(
    reader: Reader, upstream: Upstream, clock: Clock
) -> None:
    """What is not there may come soon: it is asked for again after five seconds, a record after the rule's time."""
    times = []
    for moment in (0.0, 4.9, 5.0, 59.9, 60.0):
        clock.now = 1000.0 + moment
        await reader.read(RULE, ["a", "no"], ask(), upstream.fetch)
        times.append((moment, upstream.chunks[-1], len(upstream.chunks)))

    assert times == [
        (0.0, ["a", "no"], 1),
        (4.9, ["a", "no"], 1),
        (5.0, ["no"], 2),
        (59.9, ["no"], 3),
        (60.0, ["a"], 4),
    ]


async def test_a_rule_that_keeps_nothing(reader: Reader, upstream: Upstream) -> None:
    """With no time to be fresh in, every read asks, absence included."""
    never = ReadRule("things", batch=3, fresh_for=0.0)

    for _ in range(2):
        await reader.read(never, ["a", "no"], ask(), upstream.fetch)

    assert upstream.chunks == [["a", "no"]] * 2


async def test_what_decides_the_answer_keeps_answers_apart(reader: Reader, upstream: Upstream) -> None:
    """The same key under other arguments, or in another operation, is another entry."""
    other = ReadRule("others", batch=3, fresh_for=60.0)

    await reader.read(RULE, ["a"], ask(), upstream.fetch)
    await reader.read(RULE, ["a"], ask(), upstream.fetch, per="alice")
    await reader.read(RULE, ["a"], ask(), upstream.fetch, per="bob")
    await reader.read(other, ["a"], ask(), upstream.fetch)
    await reader.read(RULE, ["a"], ask(), upstream.fetch, per="alice")

    assert upstream.chunks == [["a"]] * 4


async def test_what_stands_for_an_unanswered_key(reader: Reader, upstream: Upstream) -> None:
    """A list that is not answered can be an empty one; it is kept as any answer."""
    entries = await reader.read(RULE, ["no"], ask(), upstream.fetch, empty="")
    await reader.read(RULE, ["no"], ask(), upstream.fetch, empty="")

    assert entries == [""]
    assert len(upstream.chunks) == 1


async def test_a_call_has_the_platforms_time(reader: Reader, upstream: Upstream) -> None:
    """The deadline handed down is the platform's own, not the first asker's: others may share the call."""
    await reader.read(RULE, ["a"], ask(0.0), upstream.fetch)
    await reader.read(RULE, ["b"], ask(3600.0), upstream.fetch)

    assert all(0 < remaining <= 7.0 for remaining in upstream.remaining)


async def test_who_cannot_wait_is_told_so(reader: Reader, upstream: Upstream) -> None:
    """What is kept is answered in time; what is not has the error in its place; later it is there."""
    await reader.read(RULE, ["a"], ask(), upstream.fetch)
    upstream.go.clear()

    entries = await reader.read(RULE, ["a", "b"], ask(0.0), upstream.fetch)
    upstream.go.set()
    later = await reader.read(RULE, ["a", "b"], ask(), upstream.fetch)

    assert entries[0] == "A"
    assert isinstance(entries[1], TooSlowError)
    assert (entries[1].platform, entries[1].operation) == ("here", "things")
    assert later == ["A", "B"]
    assert upstream.chunks == [["a"], ["b"]]


async def test_alone_nothing_comes_between(lone: Reader, upstream: Upstream) -> None:
    """What is neither kept nor shared is fetched in the asker's own task, by the asker's own deadline."""
    tasks = []

    async def fetch(keys: list[str], deadline: Deadline) -> Mapping[str, str]:
        tasks.append(asyncio.current_task())
        return await upstream.fetch(keys, deadline)

    entries = await lone.read(NEVER, ["b", "no", "a", "b"], ask(2.0), fetch, empty="none")

    assert entries == ["B", "none", "A", "B"]
    assert tasks == [asyncio.current_task()]
    assert upstream.chunks == [["b", "no", "a"]]
    assert upstream.remaining[0] <= 2.0


async def test_alone_chunks_go_out_at_once(lone: Reader, upstream: Upstream) -> None:
    """More keys than a call may carry are several calls; an error fills only its own."""
    entries = await lone.read(NEVER, ["a", "b", "c", "bad", "d"], ask(), upstream.fetch)

    assert entries[:3] == ["A", "B", "C"]
    assert [type(entry) for entry in entries[3:]] == [UnexpectedAnswerError] * 2


async def test_alone_who_cannot_wait_does_not_ask(lone: Reader, upstream: Upstream) -> None:
    """After the deadline there is no call any more."""
    entries = await lone.read(NEVER, ["a"], ask(0.0), upstream.fetch)

    assert isinstance(entries[0], TooSlowError)
    assert upstream.chunks == []


async def test_the_same_read_is_shared_while_under_way(reader: Reader, upstream: Upstream) -> None:
    """Nothing is kept, and yet a hundred who ask for the same at once cause one call; other keys are another read."""
    upstream.go.clear()
    readings = [asyncio.create_task(reader.read(NEVER, ["a", "no"], ask(), upstream.fetch)) for _ in range(100)]
    other = asyncio.create_task(reader.read(NEVER, ["a"], ask(), upstream.fetch))
    await begun()
    readings[0].cancel()
    upstream.go.set()

    answers = await asyncio.gather(*readings[1:])

    assert answers == [["A", None]] * 99
    assert await other == ["A"]
    assert upstream.chunks == [["a", "no"], ["a"]]


async def test_what_is_shared_under_way_can_be_too_late(reader: Reader, upstream: Upstream) -> None:
    """Whose deadline passes has the error in each place; those who can wait have the answer."""
    upstream.go.clear()
    patient = asyncio.create_task(reader.read(NEVER, ["a"], ask(), upstream.fetch))
    await begun()

    hasty = await reader.read(NEVER, ["a"], ask(0.0), upstream.fetch)
    upstream.go.set()

    assert isinstance(hasty[0], TooSlowError)
    assert await patient == ["A"]


class Mailbox:
    """Answers each asker something of their own, by who is said to ask."""

    def __init__(self) -> None:
        self.calls = 0

    async def read(self, reader: Reader, rule: ReadRule, viewer: Viewer) -> object:
        """What that viewer has."""

        async def fetch(keys: list[str], _: Deadline) -> Mapping[str, str]:
            self.calls += 1
            return dict.fromkeys(keys, f"of {viewer.person_id}")

        return (await reader.read(rule, ["box"], ask(viewer=viewer), fetch))[0]


async def test_a_private_entry_answers_nobody_else(reader: Reader) -> None:
    """Though the source forgot to say for whom it reads, one person's entry never answers another."""
    mailbox = Mailbox()
    askers = [ALICE, BOB, ANYONE, Viewer(person_id="p-alice", roles=frozenset({Role.ANYONE, Role.STAFF}))]

    first = [await mailbox.read(reader, OWN, viewer) for viewer in askers]
    again = [await mailbox.read(reader, OWN, viewer) for viewer in askers]

    assert first == again == ["of p-alice", "of p-bob", "of None", "of p-alice"]
    assert mailbox.calls == 4


async def test_a_private_read_under_way_is_nobody_elses(reader: Reader, upstream: Upstream) -> None:
    """Two people who ask for the same at once wait for two calls; one person in two places for one."""
    rule = ReadRule("things", batch=3, fresh_for=0.0, private=True)
    upstream.go.clear()
    readings = [
        asyncio.create_task(reader.read(kind, ["a"], ask(viewer=viewer), upstream.fetch))
        for kind in (rule, OWN)
        for viewer in (ALICE, BOB, ALICE)
    ]
    await begun()
    upstream.go.set()
    await asyncio.gather(*readings)

    assert upstream.chunks == [["a"]] * 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, "1"),
        (1, True),
        (None, "null"),
        (None, ""),
        (["a", "b"], ["a,b"]),
        ("a", ["a"]),
        ("x\n", "x"),
        ("\ud800", "\ud801"),
        (2**70, 2**70 + 1),
    ],
)
async def test_names_are_never_mixed_up(reader: Reader, upstream: Upstream, one: object, other: object) -> None:
    """Whatever looks alike is told apart, for a mix-up would show one's answer to another."""
    await reader.read(RULE, ["a"], ask(), upstream.fetch, per=one)
    await reader.read(RULE, ["a"], ask(), upstream.fetch, per=other)

    assert len(upstream.chunks) == 2


async def test_keys_cannot_pass_for_arguments(reader: Reader, upstream: Upstream) -> None:
    """A key from outside that holds what ends an argument is another entry than that argument's."""
    await reader.read(RULE, ["a"], ask(), upstream.fetch, per="x")
    await reader.read(RULE, ['"x"\na'], ask(), upstream.fetch)
    await reader.read(RULE, ['\n"x"\na'], ask(), upstream.fetch)

    assert len(upstream.chunks) == 3


async def test_what_is_looked_at_decides_where_nothing_is_kept(reader: Reader, upstream: Upstream) -> None:
    """A source may then leave out the rest: who looks at something else waits for another call."""
    wanted = [frozenset({"name", "key"}), frozenset({"key", "name"}), frozenset({"key"}), None]
    asks = [Ask(ANYONE, Deadline.after(30), each) for each in wanted]
    upstream.go.clear()
    readings = [
        asyncio.create_task(reader.read(rule, ["a"], each, upstream.fetch)) for rule in (NEVER, RULE) for each in asks
    ]
    await begun()
    upstream.go.set()
    await asyncio.gather(*readings)

    assert len(upstream.chunks) == 3 + 1


async def test_what_cannot_be_named_is_not_read(reader: Reader, upstream: Upstream) -> None:
    """An argument that has no text of its own would name nothing: that is a mistake of ours, found at once."""
    with pytest.raises(TypeError):
        await reader.read(RULE, ["a"], ask(), upstream.fetch, per=object())


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
    reader = Reader("here", made(clock), timeout=7.0, meter=meter)
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
