"""Tells clients that somebody signed out (OpenID Connect Back-Channel Logout 1.0).

Owns the logout tokens that are owed, their delivery, again and again until it works or a day has passed, and the log of
it. Leaves what ends with what to ``auth.endings``, which notes here what is owed, inside its own transaction.
"""
