"""Counts what graphql-core had to run instead of a plan, by reason: none of it is an outage, all of it is visible."""

from collections import Counter

FALLBACKS: Counter[str] = Counter()
"""Operations since the start, by reason: a few words that are always the same."""
