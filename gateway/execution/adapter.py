"""graphql-core's ``execute``, on plans: the same signature, the same answers."""

from graphql import execute

__all__ = ["execute"]
