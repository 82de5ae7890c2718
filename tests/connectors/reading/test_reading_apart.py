"""What keeps the entries of a cache apart: who asks, the arguments, what is looked at."""

import asyncio
from collections.abc import Mapping

import pytest

from connectors.deadline import Deadline
from connectors.reading import Reader, ReadRule
from connectors.viewer import ANYONE, Ask, Role, Viewer
from tests.connectors.kept import begun
from tests.connectors.reading.upstream import NEVER, RULE, Upstream, ask

OWN = ReadRule("things", batch=3, fresh_for=60.0, private=True)
ALICE = Viewer(person_id="p-alice", roles=frozenset({Role.ANYONE, Role.CITIZEN}), accounts={"here": "alice"})
BOB = Viewer(person_id="p-bob", roles=frozenset({Role.ANYONE, Role.CITIZEN}), accounts={"here": "bob"})


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
