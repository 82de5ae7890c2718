"""How often the same field stands in one place.

Fields of one name in one place are one field of the answer, so validation compares each with each whether they may be
("Field Selection Merging"), and what stands in them again: five hundred times ``a { b }`` take it most of a second.
Here they are only counted. Places that a fragment brings together are united, each once, and never compared.
"""

from graphql import FieldNode, FragmentSpreadNode

from connectors.refusals import RefusedError
from gateway.limits.outline import Body, Outline
from gateway.limits.refusal import refused_at
from gateway.limits.settings import LimitSettings


def check_repeats(outline: Outline, limits: LimitSettings) -> None:
    """Raise a ``GraphQLError`` (TOO_MANY_REPEATS)."""
    places = _Places(outline)
    for body in outline.bodies:
        places.fill(body)
    for place in places.all:
        for name, count in place.counts.items():
            if count > limits.repeats:
                facts = RefusedError("TOO_MANY_REPEATS", field=name, most=limits.repeats)
                raise refused_at(place.nodes[name], facts)


class _Place:
    """One place of the answer: how often each name stands in it, and the places below each."""

    __slots__ = ("below", "counts", "joined", "nodes")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.nodes: dict[str, FieldNode] = {}
        self.below: dict[str, _Place] = {}
        self.joined: _Place | None = None


class _Places:
    """Lives for one document."""

    def __init__(self, outline: Outline) -> None:
        self.all: list[_Place] = []
        self._fragments = outline.fragments
        self._roots = {name: self._made() for name in outline.fragments}

    def fill(self, body: Body) -> None:
        """Add what stands in one definition."""
        name = body.node.name.value if body.node.name is not None else ""
        root = self._roots[name] if self._fragments.get(name) is body else self._made()
        inner: list[_Place] = []
        for spot in body.spots:
            here = _standing(root if spot.inside < 0 else inner[spot.inside])
            if isinstance(spot.node, FieldNode):
                inner.append(self._counted(here, spot.node))
            else:
                inner.append(here)
            if isinstance(spot.node, FragmentSpreadNode) and spot.node.name.value in self._roots:
                _unite(here, self._roots[spot.node.name.value])

    def _made(self) -> _Place:
        self.all.append(_Place())
        return self.all[-1]

    def _counted(self, here: _Place, node: FieldNode) -> _Place:
        """The place below the field."""
        name = (node.alias or node.name).value
        here.counts[name] = here.counts.get(name, 0) + 1
        here.nodes[name] = node
        if node.selection_set is not None and name not in here.below:
            here.below[name] = self._made()
        return here.below.get(name, here)


def _standing(place: _Place) -> _Place:
    """The place it was joined to, if it was; the way there is made shorter for the next."""
    while place.joined is not None:
        place.joined = place.joined.joined or place.joined
        if place.joined.joined is None:
            return place.joined
        place = place.joined
    return place


def _unite(one: _Place, other: _Place) -> None:
    """Join two places and all that stands below both under one name; the smaller goes into the larger."""
    waiting = [(one, other)]
    while waiting:
        left, right = (_standing(place) for place in waiting.pop())
        if left is right:
            continue
        into, gone = (left, right) if len(left.counts) >= len(right.counts) else (right, left)
        gone.joined = into
        for name, count in gone.counts.items():
            into.counts[name] = into.counts.get(name, 0) + count
            into.nodes[name] = gone.nodes[name]
        for name, below in gone.below.items():
            if name in into.below:
                waiting.append((into.below[name], below))
            else:
                into.below[name] = below
        gone.counts, gone.nodes, gone.below = {}, {}, {}
