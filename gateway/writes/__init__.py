"""Writes that cross platforms: done once, kept until everything they bring about is done, whatever fails in between.

Owns idempotency, the store of what is under way, and its delivery. Leaves what an act is to the graph
(``schema/acts.py``) and how a platform is written to to its folder.
"""
