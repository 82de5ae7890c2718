"""Mock mode: answers invented from the schema alone, for front ends whose data is not there yet.

The engine, the limits and the edge are the gateway's own; only what fields are read from is another. The same object
has the same values wherever it stands and whenever it is asked for, so that a normalised cache can be tried on it.
"""
