"""Telling people: work notifications and the other calls of wire-formats A6, verified and kept."""
