"""An index of short texts by pairs of characters: Chinese is written without blanks, so words need not be known."""

from collections import defaultdict
from collections.abc import Iterable
from math import log

_WHOLE = 100.0
_ENOUGH = 0.5


def grams_in(text: str) -> list[str]:
    """The pairs of characters that stand side by side, each once; of one character alone, itself."""
    found: list[str] = []
    for word in "".join(each if each.isalnum() else " " for each in text.casefold()).split():
        found += [word[at : at + 2] for at in range(len(word) - 1)] or [word]
    return list(dict.fromkeys(found))


class Bigrams:
    """Texts by number, as they were given; never changes."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = list(texts)
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(self.texts):
            single = {each for each in text.casefold() if each.isalnum()}
            for gram in {*grams_in(text), *single}:
                self._holders[gram].append(number)

    def found(self, words: str) -> dict[int, float]:
        """The texts that hold at least half of what is looked for, and how much of it: 0 to 100, rare pairs count more.

        A text that holds the words as they stand has a tenth more.
        """
        weights = {gram: self._weight(gram) for gram in grams_in(words)}
        whole = sum(weights.values())
        held: dict[int, float] = defaultdict(float)
        for gram, weight in weights.items():
            for number in self._holders.get(gram, ()):
                held[number] += weight
        plain = words.casefold()
        return {
            number: round(_WHOLE * weight / whole * (1.1 if plain in self.texts[number].casefold() else 1.0), 4)
            for number, weight in held.items()
            if weight >= _ENOUGH * whole
        }

    def _weight(self, gram: str) -> float:
        """A pair that few texts hold tells more; one that none holds tells most."""
        return 1.0 + log(1 + len(self.texts) / (1 + len(self._holders.get(gram, ()))))
