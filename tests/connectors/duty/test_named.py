"""What rows of several subjects name; an error in a value's place stays."""

from connectors.contracted.payloads import RowPayload
from connectors.duty.hiding import guarded, pages_without_hidden
from connectors.duty.named import (
    CodePayload,
    code_from,
    each_of,
    maybe,
    organization_ref_from,
    text_or_none,
)
from connectors.errors import PlatformError, UnexpectedAnswerError
from connectors.records.code import Code
from connectors.records.organization import OrganizationLevel, OrganizationRef
from connectors.records.page import Page, Row

BROKEN = UnexpectedAnswerError("duty", "anything")


class ThingPayload(RowPayload, frozen=True, kw_only=True):
    """A row."""

    id: str


def test_organisations_by_their_flat_members() -> None:
    """A level nobody knows is none; an error stays where it is, in the key's place it is the whole."""
    assert organization_ref_from("GO_1", "甲", "COUNTY") == OrganizationRef(
        key="GO_1", name="甲", level=OrganizationLevel.COUNTY
    )
    assert organization_ref_from("GO_1", "甲", "VILLAGE").level is None
    assert organization_ref_from("GO_1", "甲", BROKEN).level is BROKEN
    assert organization_ref_from(BROKEN, "甲") is BROKEN  # type: ignore[arg-type]  # as lenient reading puts it


def test_lists_and_what_may_be_missing() -> None:
    """The error of a list is the list's, that of an item the item's; nothing is nothing."""
    good = CodePayload(code="A", name="甲")

    assert each_of([good, BROKEN], code_from) == (Code(code="A", name="甲"), BROKEN)
    assert each_of(BROKEN, code_from) is BROKEN  # type: ignore[arg-type]  # as lenient reading puts it
    assert maybe(None, code_from) is None
    assert maybe(BROKEN, code_from) is BROKEN
    assert (text_or_none(""), text_or_none("字"), text_or_none(None)) == (None, "字", None)


def test_hidden_rows_are_left_out_of_pages() -> None:
    """What may not be shown is gone, what cannot be decided is the error, the rest and the page's facts stay."""
    shown: dict[str, bool | PlatformError] = {"a": True, "b": False, "c": BROKEN}
    shape = guarded(ThingPayload, lambda row: row.id.upper(), lambda row: shown[row.id])
    nodes = [shape.record(ThingPayload(id=name)) for name in shown]
    page = Page(edges=tuple(Row(cursor=str(n), node=node) for n, node in enumerate(nodes)), has_next=True, total=9)
    whole = Page(edges=page.edges[:1], has_next=False)

    left, same, error = pages_without_hidden([page, whole, BROKEN])

    assert nodes == ["A", None, BROKEN]
    assert isinstance(left, Page)
    assert [edge.cursor for edge in left.edges] == ["0", "2"]
    assert (left.nodes, left.has_next, left.total) == (("A", BROKEN), True, 9)
    assert (same, error) == (whole, BROKEN)
