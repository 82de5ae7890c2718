"""What happened, kept: one incident an episode, its timeline line by line, whichever replica saw it.

Owns when an episode begins, goes on and ends, and how it is stored. Leaves why something is not well to
``gateway/ops/diagnosis.py`` and ``headline.py``.
"""
