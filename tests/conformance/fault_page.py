"""The page that tells what comes of each fault: what its tables share, and how a run writes them or is held to them."""

import fcntl
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from connectors.errors import (
    PlatformError,
    RefusedSignatureError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind

PAGE = Path(__file__).parents[2] / "docs/platforms/faults.md"
WRITE = "WRITE_DOCS"
ANSWERED = "answered"
HURRIED_MS = 500
MS = {FaultKind.SLOW: 30, FaultKind.DRIP: 1, FaultKind.CLOCK: 120_000}
TOKENS = {"token", "gettoken"}
Kinds = tuple[type[PlatformError] | None, ...]
RIGHT_OF_READS: Mapping[FaultKind, Kinds] = {
    FaultKind.REFUSE: (UnreachableError,),
    FaultKind.HANG: (TooSlowError,),
    FaultKind.SLOW: (None,),  # late, but in time
    FaultKind.DRIP: (None,),
    FaultKind.RESET: (UnreachableError,),
    FaultKind.HTTP500: (UnexpectedAnswerError,),
    FaultKind.GARBAGE: (UnexpectedAnswerError,),
    FaultKind.TRUNCATED: (UnexpectedAnswerError,),
    FaultKind.FAILURE_ENVELOPE: (UnexpectedAnswerError,),
    FaultKind.SCHEMA_DRIFT: (None,),  # fields of it are missing, the list is there
    FaultKind.EXPIRED_TOKEN: (None, RefusedSignatureError, UnexpectedAnswerError),  # None: needs no token
    FaultKind.CLOCK: (None,),  # corrected
}
"""What may come of a read; None: an answer."""

HEAD = """# What comes of each fault

Made from a run by `tests/conformance/test_*_faults.py` and `test_fault_table.py`; do not edit. Each thing the
gateway asks of a platform, the platform's operations it calls, and the error of the tree in `connectors/errors.py`
that it becomes under each fault of the sandbox. `answered`: the answer came (late, by the corrected clock, or with
single fields missing where the schema drifted).

A write that was sent and not answered in a form we know is `OutcomeUnknown`: it may have happened. Sent again with the
same write id it answers, and has happened once. `no connection` is a platform that was there and is gone: nothing was
sent. Half a file is a file to whoever does not know it, so that `open_…` answers what was truncated. Keeping a file
with 浙政钉 twice does no harm, so that `keep_media` fails as a read does.
"""


def names_of(kinds: Iterable[type[PlatformError] | None]) -> set[str]:
    """What stands in the tables for these."""
    return {ANSWERED if kind is None else kind.__name__ for kind in kinds}


def name_of(error: PlatformError) -> str:
    """An error's name in the tree; platforms have finer ones of their own."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == PlatformError.__module__)


def begin(app: SandboxApp, kind: FaultKind, spared: Iterable[str] = ()) -> None:
    """Have every operation show that fault but those that give tokens, unless tokens are what fails, and the spared."""
    left_out = {*spared, *(() if kind is FaultKind.EXPIRED_TOKEN else TOKENS)}
    for operation in app.operations:
        if operation.name not in left_out:
            app.faults.put(Fault(kind, operation.name, MS.get(kind, 300)))


def held_to_the_page(
    title: str, what: str, called: Mapping[str, str], found: Mapping[str, Mapping[str, str]], *, whole: bool
) -> None:
    """Fail where the page's section says something else, or write it there where that was asked for.

    ``called`` has a row for each thing that was asked (``what``), with its operations; ``found`` a column for each
    fault. Of a sample each cell is looked up; it writes nothing, and where the page is to be written anew it is no
    measure.
    """
    wanted = os.environ.get(WRITE) == "1"
    if whole:
        section = f"## {title}\n\n{_table(what, called, found)}"
        if wanted:
            _write(title, section)
        assert section in PAGE.read_text(), f"{WRITE}=1 pytest tests/conformance writes the page anew"
    elif not wanted:
        said = _said(title)
        assert {row: cells["operations"] for row, cells in said.items()} == called
        wrong = {
            (row, column): outcome
            for column, outcomes in found.items()
            for row, outcome in outcomes.items()
            if said[row][column] != outcome.removesuffix("Error")
        }
        assert wrong == {}


def _table(what: str, called: Mapping[str, str], found: Mapping[str, Mapping[str, str]]) -> str:
    head = f"| {what} | operations | " + " | ".join(f"`{column}`" for column in found) + " |\n"
    line = "|---|---|" + "---|" * len(found) + "\n"
    rows = (
        f"| `{name}` | {operations} | "
        + " | ".join(outcomes[name].removesuffix("Error") for outcomes in found.values())
        + " |\n"
        for name, operations in called.items()
    )
    return head + line + "".join(rows)


def _said(title: str) -> dict[str, dict[str, str]]:
    """The section's cells by row and column."""
    _, _, section = PAGE.read_text().partition(f"## {title}\n\n")
    head, _, *rows = (
        [cell.strip("` ") for cell in line.strip("|").split("|")] for line in section.partition("\n\n")[0].splitlines()
    )
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def _write(title: str, section: str) -> None:
    """Put the section into the page; others may be doing the same with theirs."""
    with PAGE.open("a+") as page:
        fcntl.flock(page, fcntl.LOCK_EX)
        page.seek(0)
        written = _replaced(page.read() or HEAD, title, section)
        page.truncate(0)
        page.write(written)


def _replaced(text: str, title: str, section: str) -> str:
    parts: Sequence[str] = text.split("\n## ")[1:]
    kept = [f"## {part.rstrip()}\n" for part in parts if not part.startswith(f"{title}\n") and ":" in part[:40]]
    return HEAD + "\n" + "\n".join(sorted([*kept, section]))
