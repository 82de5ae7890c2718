"""What every part of the second factor stands on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from auth.audit import Audit
from auth.factor.lockouts import Lockouts
from auth.sessions import Sessions
from auth.settings import FactorSettings
from auth.store.database import Database
from auth.store.moments import now
from auth.vault import Vault


@dataclass(frozen=True, slots=True)
class Ground:
    """Lives as long as the process."""

    database: Database
    vault: Vault
    sessions: Sessions
    lockouts: Lockouts
    audit: Audit
    settings: FactorSettings
    clock: Callable[[], datetime] = now
