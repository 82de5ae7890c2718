"""How secondary effects reach their platforms, one file a kind."""
