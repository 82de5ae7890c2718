"""A document is walked once, and a fragment looked at once however often it is spread."""

from collections.abc import Mapping

from graphql import parse

from gateway.limits.outline import Body, Outline


def fragments(count: int, body: str) -> str:
    """Fragments that spread one another; ``{next}`` in the body is the name of the following one."""
    made = "".join(f"fragment f{n} on Query {{ {body.format(next=f'f{n + 1}')} }} " for n in range(count))
    return f"{{ ...f0 }} {made} fragment f{count} on Query {{ b }}"


def test_every_definition_is_figured_once() -> None:
    """Of twenty fragments that are each spread twice, a figure is made twenty-one times, and once for the operation."""
    outline = Outline(parse(fragments(20, "a {{ ...{next} }} d {{ ...{next} }}")))
    looked_at: list[Body] = []

    def leaves(body: Body, known: Mapping[str, int]) -> int:
        looked_at.append(body)
        return sum(known[name] for name, _ in body.spreads) or 1

    [(_, figure)] = outline.folded(leaves)

    assert figure == 2**20
    assert len(looked_at) == 22
    assert sum(len(body.spots) for body in outline.bodies) == 20 * 4 + 2


def test_what_is_spread_comes_first_whatever_the_order_of_definitions() -> None:
    """A fragment's figure is there before whoever spreads it asks."""
    outline = Outline(parse("fragment x on Q { ...y } { ...x ...z } fragment z on Q { ...y } fragment y on Q { a b }"))

    [(_, figure)] = outline.folded(
        lambda body, known: len(body.spots) - len(body.spreads) + sum(known[name] for name, _ in body.spreads)
    )

    assert figure == 4


def test_circles_and_missing_fragments_have_no_figure() -> None:
    """Both are refused by validation, which comes later; here they only must not hang or raise."""
    outline = Outline(parse("{ ...a ...gone } fragment a on Q { ...b } fragment b on Q { ...a ...b x }"))

    [(_, figure)] = outline.folded(
        lambda body, known: len(body.spots) + sum(known.get(name, 0) for name, _ in body.spreads)
    )

    assert figure == 2 + 1 + 3


def test_spots_know_where_they_stand() -> None:
    """Levels of fields, selection sets, what is around, and whether it is about the schema."""
    outline = Outline(parse("{ a { ... on Q { b } } __schema { types { name } } }"))

    seen = [
        (getattr(getattr(spot.node, "name", None), "value", "..."), spot.level, spot.sets, spot.inside, spot.meta)
        for spot in outline.operations[0].spots
    ]

    assert sorted(seen, key=str) == sorted(
        [
            ("a", 1, 1, -1, False),
            ("__schema", 1, 1, -1, True),
            ("types", 2, 2, 1, True),
            ("name", 3, 3, 2, True),
            ("...", 1, 2, 0, False),
            ("b", 2, 3, 4, False),
        ],
        key=str,
    )
