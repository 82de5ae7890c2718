"""``tongxin audit``: what happened, and whether anybody changed it since."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from auth.audit import Act
from auth.audit.verifying import Verdict
from auth.authority import Authority
from auth.store.tables import AuditEntryRow
from gateway.cli.store import with_authority

app = typer.Typer(no_args_is_help=True, help=__doc__)
AsJson = Annotated[bool, typer.Option("--json", help="print JSON, one line an entry")]


@app.command()
def verify(*, as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False) -> None:
    """Compute every chain again; exit code 1 where one is broken."""
    verdicts = with_authority(lambda authority: authority.audit.verify())
    if as_json:
        typer.echo(json.dumps([_told(verdict) for verdict in verdicts]))
    else:
        for verdict in verdicts:
            typer.echo(_line(verdict))
        if not verdicts:
            typer.echo("there are no entries yet")
    if any(verdict.broken for verdict in verdicts):
        raise typer.Exit(1)


@app.command()
def export(
    *,
    person: Annotated[str | None, typer.Option(help="only what this person (id) did, or was done to them")] = None,
    since: Annotated[datetime | None, typer.Option(help="only from then on, UTC")] = None,
    as_json: AsJson = False,
) -> None:
    """Print entries, the oldest first. That it was done is an entry too."""

    def show(row: AuditEntryRow) -> None:
        typer.echo(json.dumps(_row(row), ensure_ascii=False) if as_json else _words(row))

    async def each(authority: Authority) -> None:
        moment = since.replace(tzinfo=UTC) if since else None
        authority.audit.note(Act.AUDIT_EXPORTED, whom=person, since=since and since.date().isoformat())
        async for row in authority.audit.entries(person, moment):
            show(row)

    with_authority(each)


@app.command()
def prune() -> None:
    """Delete entries older than auth.audit.keep_days, as the gateway does every hour."""

    async def pruned(authority: Authority) -> int:
        await authority.open()  # it is signed where the rest begins
        return await authority.audit.prune()

    typer.echo(f"{with_authority(pruned)} entries deleted")


def _told(verdict: Verdict) -> dict[str, Any]:
    broken = verdict.broken
    return {
        "chain": verdict.chain,
        "entries": verdict.entries,
        "first": verdict.first,
        "last": verdict.last,
        "checkpoints": verdict.checkpoints,
        "anchors": verdict.anchors,
        "broken": broken and {"number": broken.number, "fault": broken.fault.name, "told_by": broken.told_by},
    }


def _line(verdict: Verdict) -> str:
    span = f"{verdict.first} to {verdict.last}" if verdict.entries else "none"
    proofs = f"{verdict.checkpoints} checkpoints, {verdict.anchors} anchors in other chains"
    if verdict.broken is None:
        return f"{verdict.chain}  whole  entries {span}, {proofs}"
    broken = verdict.broken
    fault = f"{broken.fault.value} ({broken.told_by})" if broken.told_by else broken.fault.value
    return f"{verdict.chain}  BROKEN at {broken.number}: {fault}; entries {span}, {proofs}"


def _row(row: AuditEntryRow) -> dict[str, Any]:
    return {
        "chain": row.chain,
        "number": row.number,
        "at": row.at.isoformat(),
        "act": row.act,
        "who": row.who,
        "whom": row.whom,
        "client_id": row.client_id,
        "trace_id": row.trace_id,
        "facts": json.loads(row.facts),
    }


def _words(row: AuditEntryRow) -> str:
    known = Act.__members__.get(row.act)
    whom = f" → {row.whom[:8]}" if row.whom else ""
    by = (row.who or "-")[:8]
    facts = row.facts if row.facts != "{}" else ""
    act = known.en if known else row.act
    return f"{row.at:%Y-%m-%d %H:%M:%S}  {by}{whom}  {act}  {row.client_id or ''}  {facts}".rstrip()
