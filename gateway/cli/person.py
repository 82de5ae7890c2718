"""``tongxin person``: one person of the store, by an account they sign in with."""

import json
from functools import partial
from typing import Annotated, NoReturn

import typer

from auth.authority import Authority
from auth.store.persons import person_of_account
from connectors.viewer import Viewer
from gateway.cli.client_rows import lines_of
from gateway.cli.store import with_authority
from gateway.platforms import PLATFORMS

app = typer.Typer(no_args_is_help=True, help=__doc__)
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
PlatformName = Annotated[str, typer.Argument(help=", ".join(platform.name for platform in PLATFORMS))]
Account = Annotated[str, typer.Argument(help="the account's id there, or an official's employeeCode, GE_…")]


@app.command()
def show(platform: PlatformName, account: Account, *, as_json: AsJson = False) -> None:
    """Show who that is here: id, roles, accounts by platform, living sessions. No name."""

    async def shown(authority: Authority) -> dict[str, object]:
        viewer = await _viewer(authority, platform, account)
        return {
            "person": viewer.person_id,
            "roles": sorted(role.value for role in viewer.roles),
            "platforms": sorted(viewer.accounts),
            "sessions": len(await authority.sessions.living(str(viewer.person_id))),
        }

    told = with_authority(shown)
    typer.echo(json.dumps(told) if as_json else lines_of(told))


@app.command("sign-out")
def sign_out(platform: PlatformName, account: Account, *, as_json: AsJson = False) -> None:
    """End every session and every client's tokens of that person, such as when an account was stolen."""

    async def signed_out(authority: Authority) -> dict[str, int]:
        viewer = await _viewer(authority, platform, account)
        ended = await authority.endings.person(str(viewer.person_id))
        return {"sessions": len(ended.sessions), "grants": len(ended.grants), "clients_told": ended.told}

    told = with_authority(signed_out)
    typer.echo(json.dumps(told) if as_json else "\n".join(f"{name}: {count}" for name, count in told.items()))


async def _viewer(authority: Authority, platform: str, account: str) -> Viewer:
    person_id = await authority.database.read(partial(person_of_account, platform=platform, account=account))
    viewer = None if person_id is None else await authority.viewers.of_person(person_id)
    return viewer or _end(f"nobody has signed in by {account} at {platform}")


def _end(why: str) -> NoReturn:
    typer.echo(f"tongxin: {why}", err=True)
    raise typer.Exit(1)
