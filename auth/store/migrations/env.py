"""What Alembic runs around the migrations; ``upgrading`` hands it the connection."""

from alembic import context

from auth.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=context.config.attributes["version_table"],
)
with context.begin_transaction():
    context.run_migrations()
