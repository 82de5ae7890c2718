"""What ``tongxin serve --sandbox`` prints once everything answers: addresses, people, a query to paste."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer

from connectors.platform import Platform
from gateway.cli.walks import WALKS, Who, first_fit, platform_of
from gateway.settings import Settings
from schema.identifiers import global_id

_SHOWN = (Who.CITIZEN, Who.MEMBER, Who.OFFICIAL, Who.STAFF, Who.OPS)
_STUDIO = "S3310020002"

QUERY = """{ studio(id: "%s") {
    name address convener { name }
    members(first: 3) { nodes { name sector { name } official { title organization { name } } } }
    questions(filter: { answered: true }, first: 2) {
      nodes { title asker { displayName } replies { body author { name } } } }
    statistics { followers likes averageRating } } }"""


def welcome(settings: Settings, people: Sequence[tuple[Platform, list[dict[str, Any]]]]) -> None:
    """Print it."""
    address = f"http://{settings.host}:{settings.port}"
    lines = ["", f"Tongxin Gateway   {address}/graphql"]
    for platform, persons in people:
        base_url = settings.platform(platform).base_url
        lines.append(f"  {platform.title_zh:<10} {base_url}   {len(persons)} people: {base_url}/sandbox/persons")
    lines += ["", "Be somebody: .venv/bin/tongxin token --as ROLE [--person ID], for instance"]
    lines += [f"  {row['id']:<14} {row['name']}  {', '.join(row['roles'])}" for row in _samples(people)]
    lines += ["", "Ask something:", "", asking(address), ""]
    typer.echo("\n".join(lines))


def _samples(people: Sequence[tuple[Platform, list[dict[str, Any]]]]) -> Iterator[Mapping[str, Any]]:
    """Whom ``tongxin token`` takes for each role when no person is named."""
    persons = {platform.name: rows for platform, rows in people}
    for who in _SHOWN:
        form = WALKS[who].form
        found = first_fit(persons.get(platform_of(form).name, []), who) if form else None
        if found is not None:
            yield found


def asking(address: str) -> str:
    """The first query, as a command to paste: a studio's page from three platforms."""
    query = " ".join((QUERY % global_id("Studio", _STUDIO)).split()).replace('"', '\\"')
    return f"curl -s {address}/graphql -H 'Content-Type: application/json' -d '{{\"query\": \"{query}\"}}'"
