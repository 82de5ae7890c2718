"""The data-sharing gateway (wire-formats B7): its two-step secrets, kept fresh in one place, and its interfaces.

Stands beside IRS, with an application key of its own; without one it answers ``NotConfiguredError``.
"""

from connectors.zheliban.datasharing.secrets import SharingSecrets
from connectors.zheliban.datasharing.source import ZhelibanDataSharing

__all__ = ["SharingSecrets", "ZhelibanDataSharing"]
