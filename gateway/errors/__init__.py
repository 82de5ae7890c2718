"""The words of errors: one registry of stable codes, and how an error becomes what a caller reads.

Owns the codes, their words in English and Chinese, and the line between what a caller may see and what only the log
may. Leaves to others when an error happens (``connectors/errors.py``, ``connectors/refusals.py``) and how it travels
(``gateway/http``). Apart, because both engines and every edge (HTTP now, subscriptions later) speak with it.
"""
