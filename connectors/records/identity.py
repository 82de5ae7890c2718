"""Who somebody proved to be on one platform."""

import enum
from dataclasses import dataclass, field


class TicketForm(enum.StrEnum):
    """How a person was brought here: what kind of ticket or code is handed in."""

    ZHELIBAN_UNIFIED = "zheliban-unified"
    ZHELIBAN_CLASSIC = "zheliban-classic"
    ZHELIBAN_ESSO = "zheliban-esso"  # companies
    ZHEZHENGDING_APP = "zhezhengding-app"
    ZHEZHENGDING_QR = "zhezhengding-qr"
    DUTY_OIDC = "duty-oidc"  # a code, of no use without the leg that asked for it


class AccountKind(enum.StrEnum):
    """Whose account it is."""

    PERSON = "PERSON"
    LEGAL_PERSON = "LEGAL_PERSON"  # 法人: a company or another organisation


class DocumentType(enum.StrEnum):
    """What kind of document a number is of; a kind nobody knows is ``OTHER``."""

    ID_CARD = "ID_CARD"
    PASSPORT = "PASSPORT"
    OFFICER_CARD = "OFFICER_CARD"
    HONG_KONG_MACAO_PERMIT = "HONG_KONG_MACAO_PERMIT"
    TAIWAN_PERMIT = "TAIWAN_PERMIT"
    FOREIGN_PERMANENT_RESIDENT_CARD = "FOREIGN_PERMANENT_RESIDENT_CARD"
    FOREIGN_PASSPORT = "FOREIGN_PASSPORT"
    DIPLOMATIC_PASSPORT = "DIPLOMATIC_PASSPORT"
    OFFICIAL_PASSPORT = "OFFICIAL_PASSPORT"
    SOLDIER_CARD = "SOLDIER_CARD"
    RETIRED_OFFICER_CARD = "RETIRED_OFFICER_CARD"
    HONG_KONG_MACAO_TAIWAN_RESIDENCE_CARD = "HONG_KONG_MACAO_TAIWAN_RESIDENCE_CARD"
    HONG_KONG_MACAO_ID_CARD = "HONG_KONG_MACAO_ID_CARD"
    CREDIT_CODE = "CREDIT_CODE"  # 统一社会信用代码, of an organisation
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Agent:
    """The natural person who acts for a company (经办人); ``id_number`` only where it is an ID card's."""

    name: str | None = field(default=None, repr=False)
    mobile: str | None = field(default=None, repr=False)
    document: DocumentType | None = None
    id_number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Company:
    """The company of an account; one company may have several accounts."""

    name: str
    credit_code: str | None = None
    agent: Agent = field(default=Agent(), repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """An account on a platform, fresh from its sign-in; lives for that sign-in only, and is not stored as it is.

    ``subject`` is the stable account; ``level`` the authentication level (design: unknown 1, unified sign-on with
    an ID number 2). ``id_number`` is dropped once the duty registry was asked for its digest; there is one only where
    ``document`` is an ID card. A legal person has a ``company`` and never an ``id_number``: its agent's is not its own.
    ``member_key`` is the duty platform's own word on whose account it is; it counts once the registry was asked.
    """

    platform: str
    subject: str
    name: str = field(repr=False)
    level: int = 1
    id_number: str | None = field(default=None, repr=False)
    mobile: str | None = field(default=None, repr=False)
    tenant_id: int | None = None
    employee_code: str | None = None
    member_key: str | None = None
    kind: AccountKind = AccountKind.PERSON
    document: DocumentType | None = None
    company: Company | None = None
