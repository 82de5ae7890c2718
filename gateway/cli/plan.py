"""``tongxin plan FILE``: how an operation will run, before it does."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from graphql import GraphQLError
from graphql.execution.values import VariableValues
from rich.console import Console

from gateway.caching import opened_cache
from gateway.cli.settings import settings_as_set
from gateway.execution.collect import NotPlannedError
from gateway.execution.documents import Documents
from gateway.execution.operation import GraphQLRequest
from gateway.execution.planning import Plan
from gateway.execution.telling import Again, Told, told
from gateway.offering import bound
from gateway.platforms import PLATFORMS
from gateway.settings import Settings
from schema.build import shared_schema


def plan(
    file: Annotated[Path, typer.Argument(help="a document with the operation", exists=True, dir_okay=False)],
    *,
    operation: Annotated[str | None, typer.Option(help="which, where the document has several")] = None,
    variables: Annotated[
        str, typer.Option(help="its variables as a JSON object; else lists count at their longest")
    ] = "{}",
    code: Annotated[bool, typer.Option("--code", help="show the function of each level too")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Show what an operation reads, from whom, in which order, and what it costs at most."""
    given = _object(variables)
    settings = settings_as_set(sandbox=True)
    made, words = _planned(GraphQLRequest(file.read_text(), operation, given), given, settings)
    if as_json:
        typer.echo(msgspec.json.encode(words).decode())
        return
    _print(words, settings.limits.max_calls)
    if code:
        for path, level in made.levels:
            typer.echo(f"\n# {'.'.join(path) or 'the operation'}: {level.kind.name}\n{level.source}")


def _object(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise typer.BadParameter("not a JSON object", param_hint="--variables") from error


def _planned(request: GraphQLRequest, variables: dict[str, Any], settings: Settings) -> tuple[Plan, Told]:
    schema = shared_schema()
    document = Documents(schema, settings.limits).read(request.query)
    compiled = document.operation(schema, request.operation_name) if not document.errors else document.errors[0]
    if isinstance(compiled, GraphQLError):
        for error in document.errors or (compiled,):
            typer.echo(f"tongxin: {error}", err=True)
        raise typer.Exit(1)
    try:
        made = compiled.plan(VariableValues({}, variables))
    except NotPlannedError as error:
        typer.echo(f"tongxin: no plan, graphql-core runs it: {error}", err=True)
        raise typer.Exit(1) from None
    cache = opened_cache(settings.cache)
    connections = [platform.connect(settings.platform(platform), cache) for platform in PLATFORMS]
    sources = bound(source for connection in connections for source in connection.sources)
    return made, told(made, sources, compiled.estimate.points(variables))


_AGAIN = {Again.KEY: "N+1: a call for each", Again.DIRECTORY: "a call for each directory"}
_READS = """
Reads of one turn go out together. A call carries up to a hundred keys; more are
more calls. What a row carries already, or a cache holds, is not read.
"""
_UNBOUNDED = """
An N+1: its platform takes one key a call, so that it makes a call for each
object of the list, and is refused beyond {most}. Read it for one object.
"""


def _print(words: Told, most: int) -> None:
    say = Console(soft_wrap=True, highlight=False, markup=False).print
    name = words.name or "the operation"
    calls = f"at most {_counted(words.calls, 'call')}" if words.bounded else "calls without a bound (N+1)"
    say(f"{name}: {calls} in {_counted(words.turns, 'turn')}, {_counted(words.points, 'point')}")
    for turn in range(1, words.turns + 1):
        say(f"\nturn {turn}")
        for step in (step for step in words.steps if step.turn == turn):
            mark = f"  ({_AGAIN[step.again]})" if step.again in _AGAIN else ""
            say(f"  {step.platform:<13} {step.source}{mark}")
            for place in step.places:
                say(f"  {'':<13}   {place}")
    say(_READS, end="")
    if not words.bounded:
        say(_UNBOUNDED.format(most=most), end="")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
