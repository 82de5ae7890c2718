"""Recovery codes: each stands in for a lost authenticator once."""

import base64
import secrets
from collections.abc import Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.factor.typed import plain
from auth.store.moments import now
from auth.store.tables import RecoveryCodeRow
from auth.vault import Vault

COUNT = 10
_BYTES = 10  # 80 bits: written down by hand, and guessed only one lock-out after the other
_PART = 4
_MEANT = str.maketrans("018", "OIB")
"""Base32 has none of these figures: who reads one off paper meant the letter."""


def new_codes() -> tuple[str, ...]:
    """New codes, as they are shown: ``ABCD-EFGH-IJKL-MNOP``."""
    return tuple(_parted(base64.b32encode(secrets.token_bytes(_BYTES)).decode()) for _ in range(COUNT))


async def replace_codes(session: AsyncSession, vault: Vault, person_id: str, codes: Sequence[str]) -> None:
    """Store a person's codes; all earlier ones end."""
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.person_id == person_id))
    session.add_all(RecoveryCodeRow(person_id=person_id, digest=vault.digest(plain(code))) for code in codes)
    await session.flush()


async def use_code(session: AsyncSession, vault: Vault, person_id: str, code: str) -> bool:
    """Use a code up (``code`` as ``plain`` gives it); False for one that is not there or was used."""
    digests = vault.digests(code.translate(_MEANT))
    that = (RecoveryCodeRow.person_id == person_id) & RecoveryCodeRow.digest.in_(digests)
    using = update(RecoveryCodeRow).where(that, RecoveryCodeRow.used_at.is_(None)).values(used_at=now())
    return len((await session.scalars(using.returning(RecoveryCodeRow.id))).all()) > 0


async def codes_left(session: AsyncSession, person_id: str) -> int:
    """How many of a person's codes were not used yet."""
    unused = (RecoveryCodeRow.person_id == person_id) & RecoveryCodeRow.used_at.is_(None)
    return await session.scalar(select(func.count()).select_from(RecoveryCodeRow).where(unused)) or 0


def _parted(code: str) -> str:
    return "-".join(code[start : start + _PART] for start in range(0, len(code), _PART))
