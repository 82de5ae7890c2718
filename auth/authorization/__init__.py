"""What a person grants a client: from the authorization request to the last refresh token.

    parameters → request → (continuing, pushed) → steps → grants: code → tokens → refresh

Owns the checks of a request, what must have happened before a code is given, codes, grants and refresh tokens. Leaves
HTTP to ``server``, what a person sees to ``pages``, signing to ``tokens`` and ``id_tokens``.
"""
