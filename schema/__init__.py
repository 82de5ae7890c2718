"""The graph: one file a concept."""
