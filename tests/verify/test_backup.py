"""A copy of the database, made while the gateway is in use, is a gateway again elsewhere: with the secret it had."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from auth.audit.verifying import Broken
from auth.authority import Authority
from auth.settings import AuthSettings
from auth.store import Database
from auth.vault import SealBrokenError
from tests.mortal.browser import ISSUER, Browser
from tests.mortal.world import living
from tests.mortal.writing import ASK, asking, drained
from tests.servers import PostgreSQL
from tests.stack import Sandbox

pytestmark = pytest.mark.verify

SQLITE = "sqlite+aiosqlite:///"


class Place:
    """Where a database is, and how it is copied: as ``docs/ops/backup.md`` says."""

    def __init__(self, folder: Path, cluster: PostgreSQL | None) -> None:
        self.folder, self.cluster = folder, cluster
        self.url = cluster.new_database() if cluster else f"{SQLITE}{folder}/tongxin.db"

    def copied(self) -> str:
        """Back it up, and make a new database of that; answers its URL."""
        if self.cluster is not None:
            self.cluster.dump(self.url, self.folder / "tongxin.dump")
            return self.cluster.restored(self.folder / "tongxin.dump")
        copy = self.folder / "restored.db"
        with closing(sqlite3.connect(self.folder / "tongxin.db")) as here, closing(sqlite3.connect(copy)) as there:
            here.backup(there)
        return f"{SQLITE}{copy}"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty database of either kind."""
    cluster = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    return Place(tmp_path, cluster)


def test_a_copy_is_the_gateway_it_was(running_sandbox: Sandbox, place: Place) -> None:
    """Refresh tokens, a browser's session, a client's secret, a write's key and the audit go on in the copy."""
    more = {"TONGXIN_WRITES__DIGEST_INTERVAL_S": "0"}
    (place.folder / "first").mkdir()
    (place.folder / "second").mkdir()
    with living(running_sandbox, place.url, place.folder / "first", **more) as first:
        browser = first.browser(first.newcomer())
        tokens = first.trade(first.agreed(browser)).json()
        asker = asking(first)
        title = f"备份前的问题 {uuid4().hex}"
        given = asker.given(title, "before the backup")
        asker.citizen.query(ASK, given)
        assert drained(first)
        copy = place.copied()

    with living(running_sandbox, copy, place.folder / "second", **more) as second:
        second.web = first.web
        renewed = second.refresh(tokens["refresh_token"])
        again = Browser(second.lives.port)
        again.http.cookies.update(browser.http.cookies)
        asker.citizen.world = second
        repeated = asker.citizen.query(ASK, given)

        assert renewed.status_code == httpx.codes.OK, renewed.text
        assert second.works(renewed.json()["access_token"])
        assert second.works(tokens["access_token"])
        assert again.http.get(f"{ISSUER}/account").status_code == httpx.codes.OK
        assert repeated["data"]["askQuestion"]["question"]["title"] == title
        asker.member.world = second
        assert asker.truth(title) == (1, 1)
        assert second.inside(chains_broken) == []


async def chains_broken(authority: Authority) -> list[Broken]:
    """What of the audit does not fit."""
    await authority.audit.flush()
    return [one.broken for one in await authority.audit.verify() if one.broken is not None]


def test_a_copy_without_its_secret_is_not_opened(running_sandbox: Sandbox, place: Place) -> None:
    """It is said at the start, before anybody loses anything; as an earlier secret it opens again."""
    with living(running_sandbox, place.url, place.folder):
        copy = place.copied()

    with pytest.raises(SealBrokenError):
        asyncio.run(opened(AuthSettings(secret="another-secret-of-the-tests-0123456789", database_url=copy)))


async def opened(settings: AuthSettings) -> None:
    """Open sign-on, as a start does."""
    database = Database(settings.database_url)
    try:
        await Authority(settings, database, signins=[], lookup=None, officials=None, committees=None).open()
    finally:
        await database.aclose()
