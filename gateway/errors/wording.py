"""Gives errors their form in the answer (GraphQL, "Errors") and their words in the caller's language."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gateway.errors.registry import REGISTRY
from gateway.errors.verdict import Verdict
from gateway.execution.operation import Language

MOST_EQUAL = 20
_LONGEST_REASON = 500
_SUGGESTION = re.compile(r"\s*Did you mean .*", re.DOTALL)

Titles = Mapping[str, Mapping[Language, str]]
"""What people call a platform, by its name and the language."""


class Wording:
    """Lives as long as the edge.

    Args:
        titles: what people call the platforms; one without a title is called by its name.
        suggestions: whether "Did you mean" stays in graphql-core's sentences, which tells names of the schema.
    """

    def __init__(self, titles: Titles | None = None, *, suggestions: bool = False) -> None:
        self._titles = titles or {}
        self._suggestions = suggestions

    def plain(self, code: str, language: Language, trace_id: str, facts: Mapping[str, str | int]) -> dict[str, Any]:
        """An error of the request itself, without a place in a document."""
        entry = REGISTRY[code]
        shown = {"code": code, "retryable": entry.retryable, "traceId": trace_id}
        return {"message": entry.verbatim or entry.worded(language, facts), "extensions": {**facts, **shown}}

    def sentence(
        self, code: str, language: Language, facts: Mapping[str, str | int], platform: str | None = None
    ) -> str:
        """The words of a code alone, as ``userErrors`` tell them."""
        told = facts if platform is None else {**facts, "platform": self._title(platform, language)}
        return REGISTRY[code].worded(language, told)

    def _title(self, platform: str, language: Language) -> str:
        return self._titles.get(platform, {}).get(language, platform)

    def formed(self, verdicts: Sequence[Verdict], language: Language, trace_id: str) -> list[dict[str, Any]]:
        """The list ``errors``. Of equal ones twenty stay; the last of them counts the others in ``extensions.more``.

        Equal means the same code, platform and facts at the same field; the positions in lists do not matter. So a
        field that failed in each of a thousand rows says so, and no other field's failure is hidden behind it.
        """
        formed: list[dict[str, Any]] = []
        kin: dict[object, list[dict[str, Any]]] = {}
        for verdict in verdicts:
            equal = kin.setdefault(_kind_of(verdict), [])
            if len(equal) < MOST_EQUAL:
                equal.append(self._form(verdict, language, trace_id))
                formed.append(equal[-1])
            else:
                last = equal[-1]["extensions"]
                last["more"] = last.get("more", 0) + 1
        return formed

    def _form(self, verdict: Verdict, language: Language, trace_id: str) -> dict[str, Any]:
        words = dict(verdict.facts)
        if verdict.platform is not None:
            words["platform"] = self._title(verdict.platform, language)
        if verdict.reason is not None:
            words["reason"] = self._reason(verdict.reason)
        form = self.plain(verdict.code, language, trace_id, words)
        form["extensions"].pop("reason", None)
        if verdict.platform is not None:
            form["extensions"]["platform"] = verdict.platform
        if verdict.error.locations:
            form["locations"] = [{"line": at.line, "column": at.column} for at in verdict.error.locations]
        if verdict.error.path is not None:
            form["path"] = list(verdict.error.path)
        return form

    def _reason(self, reason: str) -> str:
        """graphql-core's sentence, bounded: it repeats names of the request."""
        said = reason if self._suggestions else _SUGGESTION.sub("", reason)
        return said if len(said) <= _LONGEST_REASON else said[:_LONGEST_REASON] + "…"


def _kind_of(verdict: Verdict) -> object:
    field = tuple(step for step in verdict.error.path or () if isinstance(step, str))
    return verdict.code, verdict.platform, verdict.reason, field, tuple(sorted(verdict.facts.items()))
