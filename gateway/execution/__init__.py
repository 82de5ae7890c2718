"""Runs operations: from a request to data and errors."""
