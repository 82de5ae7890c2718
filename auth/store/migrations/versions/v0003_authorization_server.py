"""Sessions, grants, second factors, the audit; what more a client may have, and whose account an identity is."""

import sqlalchemy as sa
from alembic import op

from auth.store.columns import UtcTime, Words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables and add the columns."""
    _clients()
    _sessions()
    _grants()
    _factors()
    _audit()
    _identities()


def _clients() -> None:
    op.create_table(
        "initial_access_token",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(100), nullable=False),
        sa.Column("scopes", Words, nullable=False),
        sa.Column("uses_left", sa.Integer, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initial_access_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_initial_access_token_digest")),
    )
    op.add_column("client", sa.Column("redirect_uris", Words, nullable=False, server_default=""))
    op.add_column("client", sa.Column("post_logout_redirect_uris", Words, nullable=False, server_default=""))
    op.add_column("client", sa.Column("backchannel_logout_uri", sa.String(2000)))
    op.add_column("client", sa.Column("jwks", sa.Text))
    op.add_column("client", sa.Column("contact", sa.String(200)))
    op.add_column("client", sa.Column("access_token_lifetime", sa.Integer))
    op.add_column("client", sa.Column("dpop_bound", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("client", sa.Column("require_par", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("client", sa.Column("registration_digest", sa.String(100)))
    op.add_column("client", sa.Column("used_at", UtcTime))


def _sessions() -> None:
    op.create_table(
        "revocation",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.Column("revoked_at", UtcTime, nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", name=op.f("pk_revocation")),
    )
    op.create_index(op.f("ix_revocation_until"), "revocation", ["until"])
    op.create_table(
        "consent",
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("client_id", sa.String(40), nullable=False),
        sa.Column("scopes", Words, nullable=False),
        sa.Column("given_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("fk_consent_client_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.PrimaryKeyConstraint("person_id", "client_id", name=op.f("pk_consent")),
    )
    op.create_table(
        "logout_delivery",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("client_id", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("sid", sa.String(40), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("next_at", UtcTime),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("delivered_at", UtcTime),
        sa.Column("given_up_at", UtcTime),
        sa.Column("fault", sa.String(40)),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("fk_logout_delivery_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logout_delivery")),
    )
    op.create_index(op.f("ix_logout_delivery_client_id"), "logout_delivery", ["client_id"])
    op.create_index(op.f("ix_logout_delivery_next_at"), "logout_delivery", ["next_at"])
    op.create_table(
        "session",
        sa.Column("sid", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(100), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("methods", Words, nullable=False),
        sa.Column("proved_at", UtcTime, nullable=False),
        sa.Column("sealed_browser", sa.Text, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("seen_at", UtcTime, nullable=False),
        sa.Column("ends_at", UtcTime, nullable=False),
        sa.Column("ended_at", UtcTime),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("sid", name=op.f("pk_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_session_digest")),
    )
    op.create_index(op.f("ix_session_ends_at"), "session", ["ends_at"])
    op.create_index(op.f("ix_session_person_id"), "session", ["person_id"])


def _grants() -> None:
    op.create_table(
        "used_once",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_used_once")),
    )
    op.create_index(op.f("ix_used_once_until"), "used_once", ["until"])
    op.create_table(
        "device_code",
        sa.Column("digest", sa.String(100), nullable=False),
        sa.Column("user_code_digest", sa.String(100), nullable=False),
        sa.Column("client_id", sa.String(40), nullable=False),
        sa.Column("scopes", Words, nullable=False),
        sa.Column("dpop_jkt", sa.String(64)),
        sa.Column("interval", sa.Integer, nullable=False),
        sa.Column("polled_at", UtcTime),
        sa.Column("decision", sa.String(16)),
        sa.Column("person_id", sa.String(40)),
        sa.Column("sid", sa.String(40)),
        sa.Column("grant_id", sa.String(40)),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("fk_device_code_client_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_device_code")),
        sa.UniqueConstraint("user_code_digest", name=op.f("uq_device_code_user_code_digest")),
    )
    op.create_index(op.f("ix_device_code_expires_at"), "device_code", ["expires_at"])
    op.create_table(
        "pushed_request",
        sa.Column("digest", sa.String(100), nullable=False),
        sa.Column("client_id", sa.String(40), nullable=False),
        sa.Column("sealed_parameters", sa.Text, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.Column("used_at", UtcTime),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("fk_pushed_request_client_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_pushed_request")),
    )
    op.create_index(op.f("ix_pushed_request_expires_at"), "pushed_request", ["expires_at"])
    op.create_table(
        "token_grant",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("client_id", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("sid", sa.String(40)),
        sa.Column("scopes", Words, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("methods", Words, nullable=False),
        sa.Column("proved_at", UtcTime, nullable=False),
        sa.Column("dpop_jkt", sa.String(64)),
        sa.Column("offline", sa.Boolean, nullable=False),
        sa.Column("code_digest", sa.String(100)),
        sa.Column("code_facts", sa.Text),
        sa.Column("code_expires_at", UtcTime),
        sa.Column("code_used_at", UtcTime),
        sa.Column("sealed_family_key", sa.Text),
        sa.Column("counter", sa.Integer, nullable=False),
        sa.Column("rotated_at", UtcTime),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.Column("ended_at", UtcTime),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("fk_token_grant_client_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_token_grant_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token_grant")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_token_grant_code_digest")),
    )
    op.create_index(op.f("ix_token_grant_client_id"), "token_grant", ["client_id"])
    op.create_index(op.f("ix_token_grant_expires_at"), "token_grant", ["expires_at"])
    op.create_index(op.f("ix_token_grant_person_id"), "token_grant", ["person_id"])
    op.create_index(op.f("ix_token_grant_sid"), "token_grant", ["sid"])


def _factors() -> None:
    op.create_table(
        "enrolment_code",
        sa.Column("digest", sa.String(100), nullable=False),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("holder_kind", sa.String(16), nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.Column("used_at", UtcTime),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_enrolment_code")),
    )
    op.create_table(
        "lockout",
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", UtcTime, nullable=False),
        sa.Column("locked_until", UtcTime),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_lockout")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(100), nullable=False),
        sa.Column("used_at", UtcTime),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_person_id"), "recovery_code", ["person_id"])
    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("sealed_secret", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("enrolled_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor")),
    )


def _audit() -> None:
    op.create_table(
        "audit_checkpoint",
        sa.Column("chain", sa.String(40), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(100), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("kid", sa.String(64), nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("chain", "number", name=op.f("pk_audit_checkpoint")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("chain", sa.String(40), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("who", sa.String(64)),
        sa.Column("whom", sa.String(64)),
        sa.Column("client_id", sa.String(40)),
        sa.Column("trace_id", sa.String(40)),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("digest", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("chain", "number", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_act"), "audit_entry", ["act"])
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"])
    op.create_index(op.f("ix_audit_entry_who"), "audit_entry", ["who"])
    op.create_index(op.f("ix_audit_entry_whom"), "audit_entry", ["whom"])


def _identities() -> None:
    op.add_column("identity", sa.Column("kind", sa.String(16), nullable=False, server_default="PERSON"))
    op.add_column("identity", sa.Column("level", sa.Integer, nullable=False, server_default="1"))
    op.add_column("identity", sa.Column("sealed_company", sa.Text))
    op.add_column("identity", sa.Column("by_hand", sa.Boolean, nullable=False, server_default=sa.false()))
