"""Opens sign-on's store for a command: the same database the gateway serves from."""

import asyncio
import getpass
import os
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer

from auth.authority import Authority
from auth.store import Database, StoreUnavailableError, upgrade
from auth.vault import SealBrokenError
from gateway.cli.settings import settings_for_command

T = TypeVar("T")


def _operator() -> str:
    """The machine's account that runs the command: what the audit can know of who acts."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return f"uid {os.getuid()}"


def with_authority(act: Callable[[Authority], Awaitable[T]]) -> T:
    """Run one act on the store, brought up to date first. Platforms are not asked."""

    async def run() -> T:
        settings = settings_for_command()
        database = Database(settings.auth.database_url)
        try:
            await upgrade(database)
            authority = Authority(settings.auth, database, signins=[], lookup=None, officials=None, committees=None)
            authority.audit.operator = _operator()
            done = await act(authority)
            await authority.audit.flush()  # what was done stands in the audit before it is said to be done
            return done
        finally:
            await database.aclose()

    try:
        return asyncio.run(run())
    except StoreUnavailableError as error:
        why = f"auth.database_url: the database cannot be used ({error})"
    except SealBrokenError:
        why = "auth.secret does not open what is stored: if it was changed, add the earlier to auth.previous_secrets"
    typer.echo(f"tongxin: {why}", err=True)
    raise typer.Exit(1)
