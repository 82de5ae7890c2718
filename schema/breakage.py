"""Which documents a change of the schema would break, and whether the changelog says so."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphql import DocumentNode, GraphQLSchema, parse, validate
from graphql.error import GraphQLError

from schema.changes import Change, Weight, changes_between
from schema.uses import uses_in, variables_take

_UNRELEASED = re.compile(r"^## \[Unreleased\][^\n]*\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_SAYING = re.compile(r"^### (?:Changed|Removed)[^\n]*\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True)
class Breakage:
    """A breaking change; ``told``: whether the changelog names it; ``documents``: who uses what it changes."""

    change: Change
    told: bool
    documents: tuple[str, ...]


@dataclass(slots=True)
class Verdict:
    """What a check came to. ``invalid``: documents that would be refused from now on, with the first reason."""

    breaking: list[Breakage] = field(default_factory=list)
    dangerous: list[Change] = field(default_factory=list)
    invalid: dict[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether something breaks of which the changelog says nothing."""
        return not all(one.told for one in self.breaking)


def check(old: GraphQLSchema, new: GraphQLSchema, documents: Mapping[str, str], changelog: str) -> Verdict:
    """Compare two schemas for those who call, whose documents are given by their names."""
    known = {name: parsed for name, text in documents.items() if (parsed := _valid(old, text)) is not None}
    uses = {name: uses_in(old, one.definitions) | variables_take(old, one) for name, one in known.items()}
    named = told_of(changelog)
    verdict = Verdict()
    for change in changes_between(old, new):
        if change.weight is Weight.BREAKING:
            hurt = tuple(name for name, used in uses.items() if not used.isdisjoint(change.places))
            verdict.breaking.append(Breakage(change, not named.isdisjoint(change.places), hurt))
        elif change.weight is Weight.DANGEROUS:
            verdict.dangerous.append(change)
    for name, parsed in known.items():
        errors = validate(new, parsed)
        if errors:
            verdict.invalid[name] = errors[0].message
    return verdict


def told_of(changelog: str) -> frozenset[str]:
    """What the changelog's next release names in backticks under "Changed" and "Removed"."""
    unreleased = _UNRELEASED.search(changelog)
    parts: Iterable[str] = _SAYING.findall(unreleased[1]) if unreleased else ()
    return frozenset(name for part in parts for name in _NAMED.findall(part))


def _valid(schema: GraphQLSchema, text: str) -> DocumentNode | None:
    """A document that was good until now; what was not cannot be broken."""
    try:
        parsed = parse(text)
    except GraphQLError:
        return None
    return None if validate(schema, parsed) else parsed
