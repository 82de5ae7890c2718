"""What Alembic runs around the migrations; ``upgrading`` hands it the connection."""

from alembic import context

from auth.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table="sign_on_version",  # the database also holds other parts' tables
)
with context.begin_transaction():
    context.run_migrations()
