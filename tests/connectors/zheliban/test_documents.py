"""Kinds of documents as the platform calls them."""

import pytest

from connectors.records.identity import DocumentType
from connectors.zheliban.documents import agent_document, citizen_number, classic_document, unified_document

D = DocumentType


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        ("ID_CARD", D.ID_CARD),
        ("PASSPORT", D.PASSPORT),
        ("OFFICER_CARD", D.OFFICER_CARD),
        ("MAINLAND_TRAVEL_PERMIT_FOR_HONGKONG_AND_MACAO_RESIDENTS", D.HONG_KONG_MACAO_PERMIT),
        ("MAINLAND_TRAVEL_PERMIT_FOR_TAIWAN_RESIDENTS", D.TAIWAN_PERMIT),
        ("FOREIGN_PERMANENT_RESIDENT_ID_CARD", D.FOREIGN_PERMANENT_RESIDENT_CARD),
        ("FOREIGN_PASSPORT", D.FOREIGN_PASSPORT),
        ("DIPLOMACY_PASSPORT", D.DIPLOMATIC_PASSPORT),
        ("OFFICIAL_PASSPORT", D.OFFICIAL_PASSPORT),
        ("SOLDIER_CARD", D.SOLDIER_CARD),
        ("OFFICER_RETIRE_CARD", D.RETIRED_OFFICER_CARD),
        ("GANG_AO_TAI_RESIDENCE_CART", D.HONG_KONG_MACAO_TAIWAN_RESIDENCE_CARD),
        ("GANG_AO_ID_CART", D.HONG_KONG_MACAO_ID_CARD),
        ("UNIFIED_SOCIAL_ID", D.CREDIT_CODE),
        ("OTHER", D.OTHER),
        ("SOMETHING_NEW", D.OTHER),
        ("", None),
        (None, None),
    ],
)
def test_kinds_of_the_unified_form(wire: str | None, kind: DocumentType | None) -> None:
    """B5: every published idType, misspelt ones too; an unknown one is OTHER."""
    assert unified_document(wire) is kind


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        ("1", D.ID_CARD),
        ("2", D.PASSPORT),
        ("3", D.OFFICER_CARD),
        ("4", D.HONG_KONG_MACAO_PERMIT),
        ("5", D.TAIWAN_PERMIT),
        ("6", D.FOREIGN_PERMANENT_RESIDENT_CARD),
        ("7", D.OTHER),
        ("8", D.OTHER),
        (None, None),
    ],
)
def test_kinds_of_the_classic_form(wire: str | None, kind: DocumentType | None) -> None:
    """B2: 1 to 6; another list goes to 8, whose meaning was not seen."""
    assert classic_document(wire) is kind


@pytest.mark.parametrize(("wire", "kind"), [("111", D.ID_CARD), ("414", D.OTHER), ("", None)])
def test_kinds_of_the_companies_form(wire: str, kind: DocumentType | None) -> None:
    """B6: attnIDType 111 is the ID card."""
    assert agent_document(wire) is kind


@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [(D.ID_CARD, "n", "n"), (D.ID_CARD, "", None), (D.ID_CARD, None, None), (D.PASSPORT, "n", None), (None, "n", None)],
)
def test_only_an_id_cards_number_is_a_citizens(kind: DocumentType | None, number: str | None, kept: str | None) -> None:
    """Numbers of other documents are none to look members up by."""
    assert citizen_number(kind, number) == kept
