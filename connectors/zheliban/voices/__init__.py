"""Voices of the public, from the unified intake."""
