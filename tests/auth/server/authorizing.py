"""What is asked about the authorization endpoint, beside its answers."""

from sqlalchemy import func, select

from auth.authorization.authorizations import Authorizations
from auth.store.tables import GrantRow
from tests.auth.conftest import Office

ISSUER = "http://127.0.0.1:8000"


async def codes(office: Office) -> int:
    """How many codes were given."""
    return await office.database.read(lambda session: session.scalar(select(func.count()).select_from(GrantRow))) or 0


def authorizations(office: Office) -> Authorizations:
    """What reads authorization requests."""
    return office.authority.authorizations
