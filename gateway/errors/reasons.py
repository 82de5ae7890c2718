"""graphql-core's sentences without the values of the request that stand in them.

Whoever asks knows what was sent, and is told where. An error is kept in logs of front ends and shown on screens, and
the value may be somebody's ID number.
"""

import re

_DID_YOU_MEAN = re.compile(r" Did you mean the enum value (?:'\w+'(?:, or |, | or )?)+\?\Z")

_CUT = (
    (re.compile(r"(?:, found|, but encountered error '.*'; found): .*", re.DOTALL), "."),
    (re.compile(r"\? Found: .*", re.DOTALL), "?"),
    (re.compile(r"( cannot represent [a-z0-9 -]*value): .*", re.DOTALL), r"\1."),
    (re.compile(r"\bValue '.*' does not exist in ('\w+' enum\.).*", re.DOTALL), r"The value does not exist in \1"),
    (re.compile(r"\b((?:found|Unexpected) (?:Int|Float|String|BlockString)) '.*", re.DOTALL), r"\1."),
)
"""A value stands at the end of its sentence, so from its beginning on all is left out, whatever the value holds."""


def without_values(sentence: str) -> str:
    """The sentence; what it suggests for a misspelt enum value stays."""
    said = sentence
    for pattern, rest in _CUT:
        said = pattern.sub(rest, said, count=1)
    suggested = _DID_YOU_MEAN.search(sentence)
    return said if suggested is None or said.endswith(suggested[0]) else said + suggested[0]
