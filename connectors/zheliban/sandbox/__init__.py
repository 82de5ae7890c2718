"""The citizen app as a sandbox: IRS gateway, unified sign-on with its page, and the studio service."""

from connectors.zheliban.sandbox.app import build_sandbox

__all__ = ["build_sandbox"]
