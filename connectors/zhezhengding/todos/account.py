"""The asker's account, as sign-on knows it: to-dos are asked for and finished by it."""

from connectors.viewer import Viewer
from connectors.zhezhengding.settings import NAME


def own_account(viewer: Viewer, tenant_id: int) -> str | None:
    """The asker's account id, where they signed in to this tenant; it stands behind the tenant's."""
    tenant, _, account = viewer.accounts.get(NAME, "").partition(":")
    return account if account.isdigit() and tenant == str(tenant_id) else None
