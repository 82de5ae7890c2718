"""Where writing begins: what people and offices can do, one file a subject; each act says what it brings about."""
