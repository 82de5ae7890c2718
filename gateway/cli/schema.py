"""``tongxin schema``: the schema as text, and what a change of it would do to those who call."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from graphql import GraphQLError, GraphQLSchema, build_schema

from gateway.cli.settings import settings_as_set
from gateway.execution.operation import Language
from gateway.persisted.manifest import BadManifestError, documents_in
from gateway.persisted.trusted import manifests_in
from schema.breakage import Verdict, check
from schema.changes import Weight, changes_between
from schema.languages import sdl

app = typer.Typer(no_args_is_help=True, help=__doc__)

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "schema/schema.graphql"

New = Annotated[Path | None, typer.Argument(help="the new schema, SDL; the code's where none is named")]
Against = Annotated[
    typer.FileText, typer.Option(help="the schema callers know, SDL; `-` reads it from the input; else the committed")
]
AsJson = Annotated[bool, typer.Option("--json", help="for programs")]


@app.callback()
def _schema() -> None:
    """The schema as text, and what a change of it would do to those who call."""


@app.command("print")
def print_(lang: Annotated[Language, typer.Option(help="language of the descriptions")] = Language.EN) -> None:
    """Print the schema as SDL."""
    typer.echo(sdl(lang.value), nl=False)


@app.command()
def diff(*, new: New = None, against: Against = COMMITTED, as_json: AsJson = False) -> None:  # type: ignore[assignment]  # typer opens it
    """Show every difference between two schemas but those of descriptions."""
    changes = changes_between(_built(against.read()), _new(new))
    if as_json:
        typer.echo(msgspec.json.encode(changes).decode())
        return
    for change in changes:
        typer.echo(f"{change.weight:<9}  {change.words}")


@app.command("check")
def check_(
    *,
    new: New = None,
    against: Against = COMMITTED,  # type: ignore[assignment]  # typer opens it
    changelog: Annotated[
        typer.FileText, typer.Option(help="where breaking changes have to be named, under Changed or Removed")
    ] = ROOT / "CHANGELOG.md",  # type: ignore[assignment]  # typer opens it
    documents: Annotated[
        list[Path],
        typer.Option(help="documents callers send: files, manifests (.json), folders of .graphql", exists=True),
    ] = [ROOT / "tests/operations"],  # noqa: B006 - typer's way to give a default; nobody changes it
    as_json: AsJson = False,
) -> None:
    """Refuse a breaking change the changelog does not name, and name the documents it would break.

    Trusted documents are looked at besides.
    """
    verdict = check(_built(against.read()), _new(new), _texts(documents), changelog.read())
    if as_json:
        typer.echo(msgspec.json.encode(verdict).decode())
    else:
        _tell(verdict)
    if verdict.refused:
        raise typer.Exit(1)


def _new(path: Path | None) -> GraphQLSchema:
    return _built(sdl("en") if path is None else path.read_text())


def _built(text: str) -> GraphQLSchema:
    try:
        return build_schema(text)
    except (GraphQLError, TypeError) as error:
        raise typer.BadParameter(f"no schema: {str(error).splitlines()[0]}") from None


def _texts(paths: Iterable[Path]) -> dict[str, str]:
    """Texts by the name they are told by: the file's, and a manifest's with the document's id."""
    found: dict[str, str] = {}
    named = [file for path in paths for file in (sorted(path.glob("**/*.graphql")) if path.is_dir() else [path])]
    for file in [*named, *manifests_in(settings_as_set().documents_folder)]:
        if file.suffix != ".json":
            found[file.name] = file.read_text()
            continue
        try:
            found |= {f"{file.stem}/{name}": text for name, text in documents_in(file.read_bytes()).items()}
        except BadManifestError as error:
            raise typer.BadParameter(f"{file}: {error}") from None
    return found


def _tell(verdict: Verdict) -> None:
    for one in verdict.breaking:
        typer.echo(f"{Weight.BREAKING}: {one.change.words}")
        typer.echo(
            "  named in the changelog" if one.told else f"  not in the changelog: name `{one.change.coordinate}`"
        )
        for name in one.documents:
            typer.echo(f"  used by {name}")
    for name, reason in verdict.invalid.items():
        typer.echo(f"{name} would be refused: {reason}")
    for change in verdict.dangerous:
        typer.echo(f"{Weight.DANGEROUS}: {change.words}")
    if verdict.refused:
        typer.echo("Refused: say each of these under Changed or Removed of the next release in CHANGELOG.md.")
    elif not verdict.breaking:
        typer.echo("Nothing breaks.")
