"""Writes on their way."""

import sqlalchemy as sa
from alembic import op

from auth.store.columns import UtcTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "write",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("idempotency_key", sa.String(64)),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("begun_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write")),
        sa.UniqueConstraint("owner", "idempotency_key", name=op.f("uq_write_owner_idempotency_key")),
    )
    op.create_index(op.f("ix_write_begun_at"), "write", ["begun_at"])
    op.create_table(
        "write_effect",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("write_id", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("begun_at", UtcTime, nullable=False),
        sa.Column("due_at", UtcTime, nullable=False),
        sa.Column("held_until", UtcTime),
        sa.Column("holder", sa.String(40)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("code", sa.String(64)),
        sa.Column("done_at", UtcTime),
        sa.Column("digest", sa.String(32)),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_write_effect")),
        sa.ForeignKeyConstraint(
            ["write_id"], ["write.id"], name=op.f("fk_write_effect_write_id_write"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("write_id", "place", name=op.f("uq_write_effect_write_id_place")),
    )
    op.create_index("ix_write_effect_due", "write_effect", ["status", "due_at"])
    op.create_index("ix_write_effect_subject", "write_effect", ["subject", "number"])
    op.create_index(op.f("ix_write_effect_digest"), "write_effect", ["digest"])
    op.create_table(
        "todo_ticket",
        sa.Column("about", sa.String(160), nullable=False),
        sa.Column("assignee", sa.String(64), nullable=False),
        sa.Column("task_uuid", sa.String(64), nullable=False),
        sa.Column("package_uuid", sa.String(64)),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("about", "assignee", name=op.f("pk_todo_ticket")),
    )
    op.create_table(
        "digest",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("receivers", sa.Text, nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
    )
    op.create_index(op.f("ix_digest_status"), "digest", ["status"])
    op.create_index(op.f("ix_digest_made_at"), "digest", ["made_at"])
