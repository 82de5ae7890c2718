"""Searching Chinese text without a dictionary: by pairs of neighbouring characters.

What many texts hold says little, what few hold says much (inverse document frequency). A text is found when it holds
at least half of what the query says, by that weight and as far as any text says it; of these, the more it holds the
better, and a text that holds the words as they stand best. A query of which hardly anything stands anywhere finds none.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

_WORDS = re.compile(r"[^\W_]+")
_ENOUGH = 0.5
_KNOWN = 0.3
_LONGEST = 200


def folded(text: str) -> str:
    """Text as it is compared: width and case do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def grams(text: str) -> set[str]:
    """The pairs of characters of each word; a word of one character is itself."""
    return {gram for word in _WORDS.findall(folded(text)) for gram in _pairs(word)}


def _pairs(word: str) -> Iterator[str]:
    return (word[at : at + 2] for at in range(len(word) - 1)) if len(word) > 1 else iter((word,))


class BigramIndex:
    """Texts by number; grows."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts: list[str] = []
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        for text in texts:
            self.add(text)

    def add(self, text: str) -> int:
        """Take a text in and answer its number."""
        number = len(self._texts)
        self._texts.append(folded(text))
        for gram in grams(text) | set(self._texts[number]):  # single characters too, for words of one
            self._with[gram].append(number)
        return number

    def found(self, query: str) -> dict[int, float]:
        """The texts that match, by number, each with its score above 0 and up to 1."""
        weights = {gram: self._weight(gram) for gram in grams(query[:_LONGEST])}
        known = sum(weight for gram, weight in weights.items() if gram in self._with)
        if not known or known < _KNOWN * (whole := sum(weights.values())):
            return {}
        shares: defaultdict[int, float] = defaultdict(float)
        for gram, weight in weights.items():
            for number in self._with.get(gram, ()):
                shares[number] += weight
        words = _WORDS.findall(folded(query[:_LONGEST]))
        held = ((number, share) for number, share in shares.items() if share >= _ENOUGH * known - 1e-9)
        return {number: self._score(number, share / whole, words) for number, share in held}

    def _score(self, number: int, share: float, words: list[str]) -> float:
        """Three quarters for what it holds, one for words that stand there as they were typed."""
        text = self._texts[number]
        return round(0.75 * share + 0.25 * sum(word in text for word in words) / len(words), 4)

    def _weight(self, gram: str) -> float:
        return math.log(1 + (len(self._texts) + 1) / (len(self._with.get(gram, ())) + 0.5))
