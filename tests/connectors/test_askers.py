"""Who asks, in a text."""

from typing import Any

import pytest

from connectors.askers import Askers, is_nobody
from connectors.viewer import ANYONE, Role, Scope, Viewer

CITIZEN = frozenset({Role.ANYONE, Role.CITIZEN})
FACTS: list[dict[str, Any]] = [
    {"person_id": "p1"},
    {"person_id": "p2"},
    {"person_id": "p1", "client_id": "c1"},
    {"person_id": "p1", "roles": CITIZEN},
    {"person_id": "p1", "roles": CITIZEN, "scopes": frozenset({Scope.DUTY_READ})},
    {"person_id": "p1", "accounts": {"zheliban": "1"}},
    {"person_id": "p1", "accounts": {"zhezhengding": "1"}},
    {"member_key": "p1"},
    {"employee_code": "p1"},
    {"roles": frozenset({Role.ANYONE, Role.PARTNER})},
    {"roles": frozenset({Role.ANYONE, Role.STAFF})},
]


def test_all_that_differ_have_another_text() -> None:
    """Whatever a source may decide by, told apart; the same facts are the same asker."""
    askers = Askers()

    texts = [askers.text(Viewer(**facts)) for facts in FACTS]

    assert len({*texts, askers.text(ANYONE)}) == len(FACTS) + 1
    assert [askers.text(Viewer(**facts)) for facts in FACTS] == texts


@pytest.mark.parametrize("viewer", [ANYONE, Viewer(), Viewer(client_id="c1", scopes=frozenset({Scope.GRAPH_READ}))])
def test_nobody_in_particular_is_one(viewer: Viewer) -> None:
    """Without a person or a role all are told the same, whichever client they use."""
    assert is_nobody(viewer)
    assert Askers().text(viewer) == ""


def test_one_asker_never_has_anothers_text() -> None:
    """However many come and go, and though what is gone leaves its place in memory to others."""
    askers = Askers()

    texts = [askers.text(Viewer(person_id=f"p{number}")) for number in range(2000)]

    assert all(f'"p{number}"' in text for number, text in enumerate(texts))
    assert len(askers._known) <= 512
