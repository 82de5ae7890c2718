"""The web origins of a client's pages; clients that were registered before have none."""

import sqlalchemy as sa
from alembic import op

from auth.store.columns import Words

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column."""
    op.add_column("client", sa.Column("origins", Words, nullable=False, server_default=""))
