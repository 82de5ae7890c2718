"""``tongxin drill``: rehearses an outage on the sandbox, and says whether the gateway kept what it promises."""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import httpx
import typer

from gateway.cli.doctor import spoken
from gateway.cli.drilling.judging import judged, kept_all
from gateway.cli.drilling.playing import Pace
from gateway.cli.drilling.report import report_of
from gateway.cli.drilling.running import played, prepared, recovery_of
from gateway.cli.drilling.sandbox import NoSandboxError
from gateway.cli.drilling.scenarios import SCENARIOS
from gateway.cli.drilling.telling import about, aligned, json_of, lines_of
from gateway.cli.drilling.words import said
from gateway.cli.settings import settings_as_set
from gateway.execution.operation import Language
from gateway.platforms import PLATFORMS

app = typer.Typer(no_args_is_help=True, help=__doc__)
Lang = Annotated[Language | None, typer.Option(help="language; default: the locale's")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
_NAMES = [platform.name for platform in PLATFORMS]
_INTERRUPTED = 130


@app.command("list")
def list_(*, lang: Lang = None, as_json: AsJson = False) -> None:
    """Show the outages that can be rehearsed."""
    language = lang or spoken(os.environ)
    if as_json:
        rows = [{"name": name, "zh": one.zh, "en": one.en} for name, one in SCENARIOS.items()]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    told = [[name, one.zh if language is Language.ZH else one.en] for name, one in SCENARIOS.items()]
    typer.echo("\n".join(aligned(told)))


@app.command()
def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="an outage, as `list` shows it")],
    *,
    platform: Annotated[str | None, typer.Option(help=f"whose: {', '.join(_NAMES)}")] = None,
    seconds: Annotated[float, typer.Option(min=5, max=3600, help="for how long")] = 60,
    calm: Annotated[float, typer.Option(min=3, max=600, help="for how long all is well before")] = 10,
    rate: Annotated[float, typer.Option(min=1, max=50, help="questions a second")] = 8,
    gateway: Annotated[str | None, typer.Option(help="address of `serve --sandbox`; default: as it is set")] = None,
    report: Annotated[Path | None, typer.Option(dir_okay=False, help="write a page (Markdown) there")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Rehearse one on a running `tongxin serve --sandbox`; exit code 1 where a promise was broken."""
    if name not in SCENARIOS:
        raise typer.BadParameter(f"one of {', '.join(SCENARIOS)}", param_hint="NAME")
    if platform is not None and platform not in _NAMES:
        raise typer.BadParameter(f"one of {', '.join(_NAMES)}", param_hint="--platform")
    if report is not None and not report.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder {report.parent}", param_hint="--report")
    language = lang or spoken(os.environ)
    settings = settings_as_set(sandbox=True)
    address = (gateway or f"http://{settings.host}:{settings.port}").rstrip("/")
    pace = Pace(calm, seconds, rate, recovery_of(settings))
    recording = prepared(name, platform, pace, settings)
    typer.echo(about(recording, language), err=as_json)
    try:
        recording = played(address, settings, recording, pace, _saying(language, pace, aside=as_json))
    except NoSandboxError as error:
        _end(str(error))
    except httpx.TransportError as error:
        _end(f"{address} or its sandbox does not answer any more ({type(error).__name__})")
    promises = judged(recording)
    if report is not None:
        report.write_text(report_of(recording, promises, language, datetime.now().astimezone()))
    if as_json:
        typer.echo(json.dumps(json_of(recording, promises), ensure_ascii=False))
    else:
        typer.echo("\n".join(["", *lines_of(recording, promises, language)]))
    raise typer.Exit(_INTERRUPTED if recording.interrupted else 0 if kept_all(promises) else 1)


def _saying(language: Language, pace: Pace, *, aside: bool) -> Callable[[str], None]:
    def say(word: str) -> None:
        typer.echo(said(word, language, calm=pace.calm, seconds=pace.seconds), err=aside)

    return say


def _end(why: str) -> NoReturn:
    typer.echo(f"tongxin: {why}", err=True)
    raise typer.Exit(2)
