"""The authorization server's endpoints, one step a file.

Owns HTTP: reading a request, the order of the steps, the form of an answer. Leaves what a step means to the
authority. A token request walks ``token``: ``form`` → ``client_proof`` → ``binding`` (the key it shows) → the step of
its grant → ``answers``; around all endpoints stands ``endpoint``.
"""

from auth.server.routes import oauth_routes

__all__ = ["oauth_routes"]
