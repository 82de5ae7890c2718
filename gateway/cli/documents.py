"""``tongxin documents``: trusted documents, as front ends' builds hand them over."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer
from graphql import GraphQLError, OperationDefinitionNode

from gateway.cli.settings import settings_as_set
from gateway.execution.documents import Document, Documents
from gateway.persisted.manifest import BadManifestError, documents_in, hash_of
from gateway.persisted.trusted import manifests_in
from gateway.settings import Settings
from schema.build import shared_schema

app = typer.Typer(no_args_is_help=True, help=__doc__)

AsJson = Annotated[bool, typer.Option("--json", help="for programs")]
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}", re.ASCII)


class Row(msgspec.Struct, rename="camel"):
    """A document as it is listed. ``points``: what its dearest operation costs at most, with lists at their longest."""

    manifest: str
    id: str
    sha256: str
    operations: list[str]
    points: int


@app.callback()
def _documents() -> None:
    """Trusted documents, as front ends' builds hand them over."""


@app.command("import")
def import_(
    manifest: Annotated[
        Path,
        typer.Argument(
            help="what the build wrote: JSON of ids and texts (graphql-codegen, Relay), or Apollo's manifest",
            exists=True,
            dir_okay=False,
        ),
    ],
    *,
    name: Annotated[
        str | None, typer.Option(help="under which name it is kept, e.g. app and release; else the file's")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Keep a manifest's documents, if each can be run here; one of the same name is replaced.

    Running gateways take them up within a second.
    """
    settings = settings_as_set()
    folder = settings.documents_folder
    kept_as = _name_of(name or manifest.stem)
    documents = _read(manifest)
    rows = _rows(kept_as, documents, settings)
    _refuse_other_texts(documents, folder, kept_as)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"{kept_as}.json.new"
        unfinished.write_bytes(msgspec.json.encode(documents))
        unfinished.replace(folder / f"{kept_as}.json")  # a gateway reads the old one or the new one
    except OSError as error:
        _end([f"{folder} cannot be written ({type(error).__name__})"])
    _show(rows, as_json=as_json)


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List them, with what each costs at most."""
    settings = settings_as_set()
    rows = [row for path in manifests_in(settings.documents_folder) for row in _rows(path.stem, _read(path), settings)]
    _show(rows, as_json=as_json)


@app.command()
def drop(name: Annotated[str, typer.Argument(help="the manifest's name")]) -> None:
    """Trust a manifest's documents no longer; clients that still send their ids are refused."""
    path = settings_as_set().documents_folder / f"{_name_of(name)}.json"
    try:
        path.unlink()
    except FileNotFoundError:
        _end([f"no manifest is called {name}"])


def _name_of(name: str) -> str:
    """A manifest's name, which becomes a file's."""
    if not _NAME.fullmatch(name):
        raise typer.BadParameter("at most 100 of A-Z a-z 0-9 _ . -, no dot in front", param_hint="name")
    return name


def _read(path: Path) -> Mapping[str, str]:
    try:
        return documents_in(path.read_bytes())
    except BadManifestError as error:
        _end([f"{path.name}: {error}"])
    except OSError as error:
        _end([f"{path.name} cannot be read ({type(error).__name__})"])


def _rows(manifest: str, documents: Mapping[str, str], settings: Settings) -> list[Row]:
    """A row a document; ends the command with every reason why one would be refused."""
    reading = Documents(shared_schema(), settings.limits)
    rows: list[Row] = []
    wrong: list[str] = []
    for identifier, text in documents.items():
        row = _row(manifest, identifier, text, reading.read(text))
        if isinstance(row, Row):
            rows.append(row)
        else:
            wrong.append(f"{manifest}: {identifier}: {row}")
    if wrong:
        _end(wrong)
    return rows


def _row(manifest: str, identifier: str, text: str, document: Document) -> Row | str:
    """The document's row, or why it would be refused."""
    if document.errors or document.parsed is None:
        return document.errors[0].message
    nodes = [node for node in document.parsed.definitions if isinstance(node, OperationDefinitionNode)]
    names = [node.name.value if node.name else None for node in nodes]
    points = 0
    for name in names:
        compiled = document.operation(shared_schema(), name)
        if isinstance(compiled, GraphQLError):
            return compiled.message
        points = max(points, compiled.estimate.points({}))
    return Row(manifest, identifier, hash_of(text), [name or "" for name in names], points)


def _refuse_other_texts(documents: Mapping[str, str], folder: Path, name: str) -> None:
    """An id that stands for another text already would stand for none: the command ends instead."""
    for path in manifests_in(folder):
        if path.stem == name:
            continue
        kept = _read(path)
        clashing = [key for key, text in documents.items() if kept.get(key, text) != text]
        if clashing:
            _end([f"{key} stands for another text in {path.stem}" for key in clashing])


def _show(rows: list[Row], *, as_json: bool) -> None:
    if as_json:
        typer.echo(msgspec.json.encode(rows).decode())
        return
    for row in rows:
        typer.echo(f"{row.manifest}  {row.id}  {', '.join(row.operations) or '-'}  {row.points} points")


def _end(reasons: list[str]) -> NoReturn:
    for reason in reasons:
        typer.echo(f"tongxin: {reason}", err=True)
    raise typer.Exit(1)
