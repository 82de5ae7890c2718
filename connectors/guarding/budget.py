"""How many calls may be made once more: a share of those that are made (SRE book, "Addressing Cascading Failures")."""

_MOST_SAVED = 5.0


class RetryBudget:
    """One platform's, for repeated and hedged calls together; begins with nothing, and saves up five calls at most."""

    __slots__ = ("_saved", "_share")

    def __init__(self, share: float) -> None:
        self._share = share
        self._saved = 0.0

    def earn(self) -> None:
        """A call is made."""
        if self._saved < _MOST_SAVED:
            self._saved += self._share

    def spend(self) -> bool:
        """Whether one may be made once more; it is then paid for."""
        if self._saved < 1.0:
            return False
        self._saved -= 1.0 + self._share  # what it earns itself is not its own to spend
        return True
