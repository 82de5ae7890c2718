"""Records become bytes and records again; nothing else comes out of them."""

import os
import pickle
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.errors import UnreachableError
from connectors.packing import PackingError, form, packed, unpacked
from connectors.records.page import Page, Row
from connectors.records.studio import StudioRef
from connectors.viewer import Role

PAGE = Page(
    edges=(Row(cursor="c1", node=StudioRef(key="s1")), Row(cursor="c2", node=StudioRef(key="s2", name="委员工作室"))),
    has_next=True,
    total=7,
)


class Trap:
    """Runs something when it is unpickled."""

    def __reduce__(self) -> Any:
        """What would run."""
        return (os.getcwd, ())


class Named:
    """A class that is no record."""


@pytest.mark.parametrize(
    "value",
    [
        PAGE,
        (PAGE, None, "text", 1, 2.5, b"bytes", True),
        [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))],
        {"a": frozenset({Role.STAFF}), "b": ()},
    ],
    ids=["page", "plain", "moments", "enums"],
)
def test_what_is_packed_comes_back(value: object) -> None:
    """Equal in all parts."""
    assert unpacked(packed(value)) == value


@pytest.mark.parametrize(
    "value", [Trap(), Named(), os.getcwd, Named, UnreachableError], ids=["trap", "other", "function", "class", "error"]
)
def test_nothing_else_is_made(value: object) -> None:
    """Whoever can write to the store can write data, not code."""
    with pytest.raises(PackingError):
        unpacked(pickle.dumps(value))


@pytest.mark.parametrize("name", ["connectors.records.page\nmsgspec.json.decode", "builtins\neval", "os\nsystem"])
def test_nothing_is_reached_through_a_module(name: str) -> None:
    """Nor by a name with dots, nor by what stands in a module besides its records."""
    with pytest.raises(PackingError):
        unpacked(f"c{name}\n(S'1'\ntR.".encode())


@pytest.mark.parametrize("data", [b"", b"no pickle", packed(PAGE)[:-5], b"\x80\x05\x95"])
def test_cut_or_foreign_bytes_are_refused(data: bytes) -> None:
    """One error for whatever is wrong with them."""
    with pytest.raises(PackingError):
        unpacked(data)


def test_a_record_with_an_error_in_it_is_not_packed() -> None:
    """The next gateway shall try for itself."""
    broken: Any = UnreachableError("here", "things")

    with pytest.raises(PackingError):
        packed(Page(edges=(Row(cursor="c", node=broken),), has_next=False))


def test_the_form_of_records_has_a_digest() -> None:
    """The same as long as no record changes."""
    assert form() == form()
    assert len(form()) == 16
