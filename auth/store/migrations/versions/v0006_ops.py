"""Incidents, and what operators ordered."""

import sqlalchemy as sa
from alembic import op

from auth.store.columns import UtcTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "incident",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("open_as", sa.String(40)),
        sa.Column("platform", sa.String(32)),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("level", sa.String(4), nullable=False),
        sa.Column("zh", sa.Text, nullable=False),
        sa.Column("en", sa.Text, nullable=False),
        sa.Column("began_at", UtcTime, nullable=False),
        sa.Column("ended_at", UtcTime),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("open_as", name=op.f("uq_incident_open_as")),
    )
    op.create_index(op.f("ix_incident_scope"), "incident", ["scope"])
    op.create_index(op.f("ix_incident_began_at"), "incident", ["began_at"])
    op.create_index(op.f("ix_incident_ended_at"), "incident", ["ended_at"])
    op.create_table(
        "incident_seen",
        sa.Column("incident_id", sa.String(32), nullable=False),
        sa.Column("replica", sa.String(64), nullable=False),
        sa.Column("seen_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "replica", name=op.f("pk_incident_seen")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_seen_incident_id"), ondelete="CASCADE"
        ),
    )
    op.create_table(
        "incident_entry",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("incident_id", sa.String(32), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("fact", sa.String(160), nullable=False),
        sa.Column("zh", sa.Text, nullable=False),
        sa.Column("en", sa.Text, nullable=False),
        sa.Column("by", sa.String(100)),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_incident_entry")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_entry_incident_id"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_incident_entry_incident", "incident_entry", ["incident_id", "number"])
    op.create_table(
        "ops_order",
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("platform", "kind", name=op.f("pk_ops_order")),
    )
    op.create_index(op.f("ix_ops_order_until"), "ops_order", ["until"])
