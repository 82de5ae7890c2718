"""The second factor: a code from an authenticator (TOTP, RFC 6238) beside the sign-in by a platform.

Owns who has one, how it is enrolled, proved and lost, and who is locked out. Leaves the pages to ``pages``, when it is
asked for to whoever gives a scope (``policy`` says which), the session that gets better by it to ``sessions``.
"""
