"""The platform's own login: a small OpenID provider (``contract/login.yaml``), on whose page one chooses who to be."""

from connectors.duty.sandbox.oidc.provider import LoginSandbox

__all__ = ["LoginSandbox"]
