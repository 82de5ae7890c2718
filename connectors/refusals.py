"""Why the gateway itself says no: bad input, a missing scope, too much asked for.

The other half of ``errors.py``, where platforms fail. The words stand in the registry at the edge.
"""


class RefusedError(Exception):
    """A request or a field that the gateway refuses; ``facts`` fill the places in the registry's words.

    ``code`` is one of the registry's stable codes; asking the same again does not help.
    """

    retryable = False

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
