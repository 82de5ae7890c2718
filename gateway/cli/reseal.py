"""``tongxin reseal``: seal what is stored anew after ``auth.secret`` or ``auth.cryptography`` was changed."""

import json
from typing import Annotated

import typer

from auth.resealing import reseal as seal_anew
from gateway.cli.store import with_authority


def reseal(*, as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False) -> None:
    """Seal all stored values with the secret and the algorithms in use; the gateway may be running."""
    told = with_authority(lambda authority: seal_anew(authority.database, authority.vault))
    if as_json:
        typer.echo(json.dumps({"sealed": told.sealed, "left": told.left}))
        return
    for name, count in told.sealed.items():
        typer.echo(f"{name}: {count} sealed anew")
    if not told.sealed:
        typer.echo("nothing was sealed otherwise")
    for name, count in told.left.items():
        typer.echo(f"{name}: {count} digests made before are left; keep their secret in auth.previous_secrets")
