"""``tongxin schema``: the schema as text."""

from typing import Annotated

import typer

from gateway.execution.operation import Language
from schema.languages import sdl

app = typer.Typer(no_args_is_help=True, help=__doc__)


@app.callback()
def _schema() -> None:
    """The schema as text."""


@app.command("print")
def print_(lang: Annotated[Language, typer.Option(help="language of the descriptions")] = Language.EN) -> None:
    """Print the schema as SDL."""
    typer.echo(sdl(lang.value), nl=False)
