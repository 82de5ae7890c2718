"""What the platform calls kinds of documents, in each of its forms of sign-on (wire-formats B2, B5, B6)."""

from connectors.records.identity import DocumentType

_UNIFIED = {
    "ID_CARD": DocumentType.ID_CARD,
    "PASSPORT": DocumentType.PASSPORT,
    "OFFICER_CARD": DocumentType.OFFICER_CARD,
    "MAINLAND_TRAVEL_PERMIT_FOR_HONGKONG_AND_MACAO_RESIDENTS": DocumentType.HONG_KONG_MACAO_PERMIT,
    "MAINLAND_TRAVEL_PERMIT_FOR_TAIWAN_RESIDENTS": DocumentType.TAIWAN_PERMIT,
    "FOREIGN_PERMANENT_RESIDENT_ID_CARD": DocumentType.FOREIGN_PERMANENT_RESIDENT_CARD,
    "FOREIGN_PASSPORT": DocumentType.FOREIGN_PASSPORT,
    "DIPLOMACY_PASSPORT": DocumentType.DIPLOMATIC_PASSPORT,
    "OFFICIAL_PASSPORT": DocumentType.OFFICIAL_PASSPORT,
    "SOLDIER_CARD": DocumentType.SOLDIER_CARD,
    "OFFICER_RETIRE_CARD": DocumentType.RETIRED_OFFICER_CARD,
    "GANG_AO_TAI_RESIDENCE_CART": DocumentType.HONG_KONG_MACAO_TAIWAN_RESIDENCE_CARD,  # both spelt so
    "GANG_AO_ID_CART": DocumentType.HONG_KONG_MACAO_ID_CARD,
    "UNIFIED_SOCIAL_ID": DocumentType.CREDIT_CODE,
}
_CLASSIC = {
    "1": DocumentType.ID_CARD,
    "2": DocumentType.PASSPORT,
    "3": DocumentType.OFFICER_CARD,
    "4": DocumentType.HONG_KONG_MACAO_PERMIT,
    "5": DocumentType.TAIWAN_PERMIT,
    "6": DocumentType.FOREIGN_PERMANENT_RESIDENT_CARD,
}
_COMPANY_AGENT = {"111": DocumentType.ID_CARD}


def unified_document(id_type: str | None) -> DocumentType | None:
    """``idType`` of the unified form; None where none is told."""
    return _UNIFIED.get(id_type, DocumentType.OTHER) if id_type else None


def classic_document(id_type: str | None) -> DocumentType | None:
    """``idtype`` of the classic form."""
    return _CLASSIC.get(id_type, DocumentType.OTHER) if id_type else None


def agent_document(id_type: str | None) -> DocumentType | None:
    """``attnIDType`` of the companies' form, a code of GA/T 2000.156 of which only the ID card's was seen."""
    return _COMPANY_AGENT.get(id_type, DocumentType.OTHER) if id_type else None


def citizen_number(document: DocumentType | None, number: str | None) -> str | None:
    """A number that a member's citizen number can be compared with: only an ID card's is one."""
    return number or None if document is DocumentType.ID_CARD else None
