"""Search over members, studios and deliberations (``contract/search.yaml``): only what is public, by its name."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.duty.sandbox.forum.agenda import Talk
from connectors.duty.sandbox.forum.deliberations import Agenda
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.rows import named_member, named_studio
from connectors.sandbox.app import Operation
from connectors.sandbox.bigrams import BigramIndex
from connectors.sandbox.contracted.lists import PAGE, Asked, page_of
from connectors.sandbox.contracted.problems import rejected
from connectors.sandbox.paging import Order
from connectors.sandbox.world import MemberSeed, StudioSeed

Row = dict[str, Any]
Thing = MemberSeed | StudioSeed | Talk
_WHOLE = 100.0
KINDS = ("MEMBER", "STUDIO", "DELIBERATION")


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found."""

    kind: str
    key: str
    score: float
    thing: Thing

    def row(self) -> Row:
        """The row it is told as."""
        row: Row = {"id": self.key, "kind": self.kind, "score": self.score}
        match self.thing:
            case MemberSeed():
                return row | {"member": named_member(self.thing)}
            case StudioSeed():
                return row | {"studio": named_studio(self.thing)}
            case talk:
                told = {"id": talk.id, "title": talk.title, "kind": talk.kind.value, "status": talk.status.value}
                return row | {"deliberation": told}


_BEST: Order[Hit] = Order("SCORE_DESC", lambda hit: (-hit.score, hit.key))


class Index:
    """What can be found, by the texts it is found by; many members share a name, so a text may be several's."""

    def __init__(self, ground: Ground, agenda: Agenda) -> None:
        self._things: dict[str, list[tuple[str, str, Thing]]] = defaultdict(list)
        world = ground.world
        for member in world.members:
            self._things[member.person.name].append(("MEMBER", member.key, member))
        for studio in world.studios:
            self._things[studio.name].append(("STUDIO", studio.key, studio))
        for talk in agenda.all():
            self._things[talk.title].append(("DELIBERATION", talk.id, talk))
        self._texts = list(self._things)
        self._index = BigramIndex(self._texts)

    def hits(self, words: str, kinds: Sequence[str]) -> Iterator[Hit]:
        """Everything of those kinds that the words find, in no order."""
        for number, share in self._index.found(words).items():
            for kind, key, thing in self._things[self._texts[number]]:
                if kind in kinds:
                    yield Hit(kind, key, round(share * _WHOLE, 2), thing)


def search_operations(ground: Ground, agenda: Agenda) -> Sequence[Operation]:
    """``GET /search``."""
    index = Index(ground, agenda)

    def search(asked: Asked) -> Row:
        kinds = asked.keys("kinds")
        if not set(kinds) <= set(KINDS):
            raise rejected("INVALID_PARAMETER", f"kinds are of {list(KINDS)}")
        asked.required("text")
        wanted = asked.page(_BEST)
        found = sorted(index.hits(asked.text("text") or "", kinds), key=_BEST.place)
        return page_of(found, _BEST, wanted, Hit.row)

    return (ground.read("search", "/search", search, ("text", "kinds", *PAGE)),)
