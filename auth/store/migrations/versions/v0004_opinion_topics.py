"""What published questions are about."""

import sqlalchemy as sa
from alembic import op

from auth.store.columns import UtcTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "topic_reading",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("made_with", sa.String(32), nullable=False),
        sa.Column("changed_to", UtcTime),
        sa.Column("reader", sa.String(40), nullable=False),
        sa.Column("held_until", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_topic_reading")),
    )
    op.create_table(
        "topic_question",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.Column("checked_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_topic_question")),
    )
    op.create_index(op.f("ix_topic_question_day"), "topic_question", ["day"])
    op.create_index(op.f("ix_topic_question_checked_at"), "topic_question", ["checked_at"])
    op.create_table(
        "topic_word",
        sa.Column("question_key", sa.String(64), nullable=False),
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("region_key", sa.String(6), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("asker", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("question_key", "word", name=op.f("pk_topic_word")),
    )
    op.create_index(op.f("ix_topic_word_word"), "topic_word", ["word", "day", "question_key", "region_key", "asker"])
    op.create_table(
        "topic_count",
        sa.Column("region_key", sa.String(6), nullable=False),
        sa.Column("span", sa.String(1), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("questions", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("region_key", "span", "day", "word", name=op.f("pk_topic_count")),
    )
