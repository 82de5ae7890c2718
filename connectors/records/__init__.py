"""Records: immutable values in the field's terms, which platforms' answers become and the graph reads.

One file a concept. A record whose name ends in ``Ref`` or ``Listing`` carries a part of another record, as a row
of somebody else's list does; what it does not carry is ``UNSET`` and is read by key when asked for.
"""
