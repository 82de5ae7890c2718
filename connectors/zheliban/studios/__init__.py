"""The studio service of the citizen app: the directory, citizens' questions and what is done to them, statistics.

Its interface is ours and written down in ``contract/studio.yaml`` and ``contract/studio-writes.yaml``. Owns who may
see which question (``audience.py``); leaves the studios themselves to the duty registry.
"""
