"""The first tables: persons and their identities, roles, clients, signing keys."""

import sqlalchemy as sa
from alembic import op

from auth.store.columns import UtcTime, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _persons()
    _clients()
    op.create_table(
        "signing_key",
        sa.Column("kid", sa.String(64), nullable=False),
        sa.Column("alg", sa.String(16), nullable=False),
        sa.Column("public_jwk", sa.Text, nullable=False),
        sa.Column("sealed_private_jwk", sa.Text, nullable=False),
        sa.Column("not_before", UtcTime, nullable=False),
        sa.Column("retired_at", UtcTime),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_signing_key")),
    )


def _persons() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "identity",
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("employee_code", sa.String(200)),
        sa.Column("sealed_name", sa.Text, nullable=False),
        sa.Column("member_key", sa.String(200)),
        sa.Column("staff", sa.Boolean, nullable=False),
        sa.Column("linked_at", UtcTime, nullable=False),
        sa.Column("signed_in_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("platform", "subject", name=op.f("pk_identity")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id")),
    )
    op.create_index(op.f("ix_identity_person_id"), "identity", ["person_id"])
    op.create_index(op.f("ix_identity_member_key"), "identity", ["member_key"])
    op.create_table(
        "member_link",
        sa.Column("member_key", sa.String(200), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("linked_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("member_key", name=op.f("pk_member_link")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_member_link_person_id")),
    )
    op.create_index(op.f("ix_member_link_person_id"), "member_link", ["person_id"])
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("holder_kind", sa.String(16), nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("granted_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "platform", "holder_kind", "holder", "role", name=op.f("uq_role_grant_platform_holder_kind_holder_role")
        ),
    )


def _clients() -> None:
    op.create_table(
        "client",
        sa.Column("client_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("auth_method", sa.String(40), nullable=False),
        sa.Column("grants", Words, nullable=False),
        sa.Column("scopes", Words, nullable=False),
        sa.Column("ticket_forms", Words, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("disabled_at", UtcTime),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client")),
    )
    op.create_table(
        "client_secret",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("client_id", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(100), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_secret")),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("fk_client_secret_client_id")),
    )
    op.create_index(op.f("ix_client_secret_client_id"), "client_secret", ["client_id"])
