"""The tables of sign-on, one file a concern."""

from auth.store.tables.audit import AuditCheckpointRow, AuditEntryRow
from auth.store.tables.base import Base
from auth.store.tables.clients import ClientRow, ClientSecretRow, InitialAccessTokenRow
from auth.store.tables.factors import EnrolmentCodeRow, LockoutRow, RecoveryCodeRow, SecondFactorRow
from auth.store.tables.grants import DeviceCodeRow, GrantRow, PushedRequestRow, UsedOnceRow
from auth.store.tables.keys import SigningKeyRow
from auth.store.tables.ops import IncidentEntryRow, IncidentRow, IncidentSeenRow, OpsOrderRow
from auth.store.tables.persons import IdentityRow, MemberLinkRow, PersonRow, RoleGrantRow
from auth.store.tables.sessions import ConsentRow, LogoutDeliveryRow, RevocationRow, SessionRow
from auth.store.tables.topics import Span, TopicCountRow, TopicQuestionRow, TopicReadingRow, TopicWordRow
from auth.store.tables.writes import DigestRow, EffectRow, TodoTicketRow, WriteRow

__all__ = [
    "AuditCheckpointRow",
    "AuditEntryRow",
    "Base",
    "ClientRow",
    "ClientSecretRow",
    "ConsentRow",
    "DeviceCodeRow",
    "DigestRow",
    "EffectRow",
    "EnrolmentCodeRow",
    "GrantRow",
    "IdentityRow",
    "IncidentEntryRow",
    "IncidentRow",
    "IncidentSeenRow",
    "InitialAccessTokenRow",
    "LockoutRow",
    "LogoutDeliveryRow",
    "MemberLinkRow",
    "OpsOrderRow",
    "PersonRow",
    "PushedRequestRow",
    "RecoveryCodeRow",
    "RevocationRow",
    "RoleGrantRow",
    "SecondFactorRow",
    "SessionRow",
    "SigningKeyRow",
    "Span",
    "TodoTicketRow",
    "TopicCountRow",
    "TopicQuestionRow",
    "TopicReadingRow",
    "TopicWordRow",
    "UsedOnceRow",
    "WriteRow",
]
