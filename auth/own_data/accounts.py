"""What else stands in the tables under an account's name: what an operator noted for it, by code or subject."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, or_

from auth.own_data.identities import OwnIdentity
from auth.store.role_grants import HolderKind
from auth.store.tables import EnrolmentCodeRow, RoleGrantRow


def held_by(
    table: type[RoleGrantRow] | type[EnrolmentCodeRow], identities: Sequence[OwnIdentity]
) -> ColumnElement[bool]:
    """Which rows of a table with holders are about one of these accounts."""
    holders = [(one.platform, HolderKind.SUBJECT, one.subject) for one in identities]
    holders += [(one.platform, HolderKind.EMPLOYEE, one.employee_code) for one in identities if one.employee_code]
    named = (
        and_(table.platform == platform, table.holder_kind == kind.value, table.holder == holder)
        for platform, kind, holder in holders
    )
    return or_(false(), *named)
