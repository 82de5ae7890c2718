"""How a client becomes registered: by an operator's command, or by itself (RFC 7591, RFC 7592) with an invitation.

Owns what a registration may hold, the same for both; the invitations; and what a client may change of its own
registration. Leaves what is stored to ``auth.clients``, what ends with a client to ``auth.endings``.
"""
