"""The parameters of an authorization request, as they came."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from auth.refusals import OAuthError, Refusal

RESOURCE = "resource"
_MOST = 50
_KEPT = frozenset(
    {
        *(
            "client_id",
            "redirect_uri",
            "response_type",
            "response_mode",
            "scope",
            "state",
            "nonce",
            "prompt",
            "max_age",
        ),
        *("acr_values", "code_challenge", "code_challenge_method", "dpop_jkt", "id_token_hint", "ui_locales"),
        *("request", "request_uri", "registration"),
    }
)
"""Those that mean something here; others are passed over (RFC 6749 section 3.1), and so is ``login_hint``."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """Those that have a value; one without is as good as left out (RFC 6749 section 3.1).

    ``resources`` may come more than once (RFC 8707 section 2), ``repeated`` are those that did and must not.
    """

    values: Mapping[str, str]
    resources: tuple[str, ...] = ()
    repeated: frozenset[str] = frozenset()

    def get(self, name: str) -> str | None:
        """A parameter's value; None where it was not sent, or more than once."""
        return None if name in self.repeated else self.values.get(name)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Parameters":
        """Sort the pairs of a query or a form."""
        sent = list(pairs)
        counted = Counter(name for name, _ in sent)
        values = {name: value for name, value in sent if name in _KEPT and value}
        resources = tuple(value for name, value in sent if name == RESOURCE and value)
        repeated = frozenset(name for name, times in counted.items() if times > 1 and name != RESOURCE)
        return cls(values, resources, repeated)


def parameters_from(text: bytes) -> Parameters:
    """Read a query or the body of a form; raises ``OAuthError`` for too many or what is no UTF-8."""
    if text.count(b"&") >= _MOST:
        raise OAuthError(Refusal.TOO_LARGE)
    try:
        return Parameters.of(parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise OAuthError(Refusal.NOT_A_FORM) from error
