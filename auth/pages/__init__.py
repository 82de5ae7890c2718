"""The pages of sign-on: plain HTML forms that need no JavaScript, in Chinese and English.

Owns what a person sees and how a browser is known. Leaves what an act means to the authority, the protocol's endpoints
to ``server``.
"""
