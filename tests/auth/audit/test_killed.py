"""A process that is killed loses a group at most, and its chain is whole."""

import asyncio
import json
import sys
from pathlib import Path

from auth.audit import Act, Audit
from auth.audit.reading import entries
from auth.keys import SigningKeys
from auth.settings import AuditSettings, AuthSettings
from auth.store import Database, upgrade
from auth.vault import Vault
from tests.auth.conftest import SECRET

GROUP_SECONDS = 0.02
_NOTES = """
import asyncio, sys, time
from tests.auth.audit.test_killed import opened
from auth.audit import Act

async def main():
    _, audit = await opened(sys.argv[1])
    async with audit.running():
        for number in range(10**6):
            audit.note(Act.SIGNED_IN, nth=number, at=time.monotonic())
            print(number, time.monotonic(), flush=True)
            await asyncio.sleep(0.001)

asyncio.run(main())
"""


async def opened(url: str) -> tuple[Database, Audit]:
    """A database and an audit on it."""
    settings = AuthSettings(secret=SECRET, audit=AuditSettings(chain="first", group_ms=int(GROUP_SECONDS * 1000)))
    database = Database(url)
    await upgrade(database)
    vault = Vault(settings.secret)
    keys = SigningKeys(database, vault)
    await keys.open()
    return database, Audit(settings, database, vault, keys)


async def test_killed_at_any_moment(tmp_path: Path) -> None:
    """What is there is a chain without a gap; what is missing was noted in the last moments."""
    url = f"sqlite+aiosqlite:///{tmp_path}/tongxin.db"
    for _ in range(2):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _NOTES, url, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        assert child.stdout is not None
        lines = [await child.stdout.readline() for _ in range(80)]
        child.kill()
        lines += (await child.stdout.read()).splitlines()
        await child.wait()
        said = [line.split() for line in lines if line.count(b" ") == 1]

        database, audit = await opened(url)
        [verdict] = await audit.verify()
        kept = [json.loads(row.facts)["nth"] async for row in entries(database) if row.act == Act.SIGNED_IN.name]
        ended = float(said[-1][1])
        lost = [number for number, at in said if int(number) > kept[-1] and float(at) < ended - 1]
        await database.aclose()

        assert verdict.broken is None
        assert kept[-1] > 0
        assert lost == []
