"""Operations that are asked for by a name instead of their text: trusted documents, and automatic persisted queries."""
