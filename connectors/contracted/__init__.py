"""Reading a platform that serves a contract of ours (``contract/*.yaml`` of its folder), whichever it is.

Owns what all those have in common: rows by key, pages by owner, whole lists, problems (RFC 9457), settings and steps of
a checkup. Leaves to the platform's folder which operations there are, what rows hold, and how a call proves itself.
"""
