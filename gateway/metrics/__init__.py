"""Metrics for Prometheus: read from what the parts count anyway, when somebody asks.

Labels are few and bounded: platform, operation, outcome; route, method, status. No query text, argument or person.
"""
