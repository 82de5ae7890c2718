"""Payload → record of articles."""

from typing import Any

from connectors.cleaning import cleaned
from connectors.duty.articles.payloads import ArticlePayload, ArticleRowPayload, EntryPayload
from connectors.duty.named import each_of, organization_ref_from, text_or_none
from connectors.errors import PlatformError
from connectors.lenient import kept
from connectors.records.article import Article, LiveReportEntry


def article_row_from(payload: ArticleRowPayload) -> Article:
    """Read a row of a list; its text stays unset."""
    return Article(**_told(payload))


def article_from(payload: ArticlePayload) -> Article:
    """Read an article; its text is cleaned, whatever the platform did."""
    body: Any = kept(payload.body, cleaned)
    return Article(**_told(payload), body=body, entries=each_of(payload.entries, _entry_from))


def cover_path_of(payload: ArticleRowPayload) -> Any:
    """Where its picture is, if there is one; the error where that is not told."""
    has_cover: bool | PlatformError = payload.has_cover
    if isinstance(has_cover, PlatformError):
        return has_cover
    return f"articles/{payload.id}/cover" if has_cover else None


def _told(payload: ArticleRowPayload) -> dict[str, Any]:
    return {
        "key": payload.id,
        "kind": payload.kind,
        "title": payload.title,
        "summary": text_or_none(payload.summary),
        "published_at": payload.published_at,
        "organization": organization_ref_from(
            payload.organization_code, payload.organization_name, payload.organization_level
        ),
        "author": text_or_none(payload.author),
        "cover_path": cover_path_of(payload),
        "changed_at": payload.changed_at,
        "withdrawn_at": payload.withdrawn_at,
    }


def _entry_from(payload: EntryPayload) -> LiveReportEntry:
    return LiveReportEntry(posted_at=payload.posted_at, body=payload.body)
