"""What takes a second factor."""

import time
from collections.abc import Collection

from auth.proof import Proof
from auth.refusals import OAuthError, Refusal
from auth.settings import FactorSettings
from connectors.viewer import Scope

SCOPES_WITH_FACTOR: frozenset[Scope] = frozenset({Scope.OPS_READ})
"""Given only to who proved a second factor as well."""

OTP = "otp"
METHODS: frozenset[str] = frozenset({OTP, "mfa"})
"""What the factor adds to ``amr`` (RFC 8176 section 2): by which method, and that there are several now.

A recovery code is a one-time password, too. ``acr`` stays the platform's: it tells how well the platform knows the
person, not how they came.
"""


def needs_factor(scopes: Collection[Scope]) -> bool:
    """Whether one of the scopes takes a second factor."""
    return not SCOPES_WITH_FACTOR.isdisjoint(scopes)


def has_factor(proof: Proof | None) -> bool:
    """Whether the second factor is part of a proof."""
    return proof is not None and OTP in proof.methods


def lacks_factor(scopes: Collection[Scope], proof: Proof | None) -> bool:
    """Whether a factor must be proved before these scopes are given."""
    return needs_factor(scopes) and not has_factor(proof)


def within_proof(scopes: frozenset[Scope], proof: Proof | None) -> frozenset[Scope]:
    """Answer the scopes if the proof is enough for every one of them; raises ``OAuthError``."""
    if lacks_factor(scopes, proof):
        raise OAuthError(Refusal.FACTOR_NEEDED)
    return scopes


def fresh(proof: Proof, settings: FactorSettings) -> bool:
    """Whether the factor was proved so lately that an admin act may follow.

    A proof's moment is that of its latest part, and a sign-in takes the factor off: it is the factor's own.
    """
    return has_factor(proof) and time.time() - proof.at < settings.fresh_s
