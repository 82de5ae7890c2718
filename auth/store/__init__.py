"""What sign-on keeps: tables, migrations, and the way to the database.

Owns the shape of the data and what one transaction does. Leaves to its callers what it means: nothing here asks a
platform or knows a token.
"""

from auth.store.database import Database, StoreUnavailableError
from auth.store.upgrading import upgrade

__all__ = ["Database", "StoreUnavailableError", "upgrade"]
