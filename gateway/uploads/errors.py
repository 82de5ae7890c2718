"""Why a file is not taken; the edge adds which."""


class FileRefusedError(Exception):
    """A file that is refused; ``code`` is one of the registry's, ``facts`` fill the places in its words."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class UnreadableError(Exception):
    """Its content is not what its beginning says."""
