"""The roof: the edge, the executor, settings and commands; it puts the parts together."""
