"""Pages of questions that somebody names by key: a report its sources, say. Paged here, as no platform lists them."""

from collections.abc import Sequence

from connectors.errors import BadCursorError, PlatformError
from connectors.records.page import Page, PageArgs, Row
from connectors.records.question import Question


def named_page(
    found: Sequence[tuple[str, Question | PlatformError | None]], page: PageArgs, platform: str
) -> Page[Question] | PlatformError:
    """One page of what was found for each key; None, unknown or not to be seen, has no row. A key is its row's cursor.

    The error where all are one, as when the platform is ill; in its row where it is one row's own. The key of a
    question that is not to be seen is as bad a cursor as any: to try it shall not tell that it is named here.
    """
    errors = [entry for _, entry in found if isinstance(entry, PlatformError)]
    if errors and len(errors) == len(found):
        return errors[0]
    there = [Row(cursor=key, node=entry) for key, entry in found if entry is not None]
    begin = 0
    if page.after is not None:
        keys = [row.cursor for row in there]
        if page.after not in keys:
            return BadCursorError(platform, "questions")
        begin = keys.index(page.after) + 1
    rows = there[begin:]
    total = len(there) if page.with_total else None
    shown: tuple[Row[Question], ...] = tuple(rows[: page.first])  # type: ignore[arg-type]  # an error stands in a row
    return Page(edges=shown, has_next=len(rows) > page.first, total=total)
