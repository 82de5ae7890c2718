"""The cockpit: what platforms count, asked by region and period, and the topics of questions, which we count ourselves.

No request scans anything: a platform answers an aggregate, or our own store does, which is kept up beside the requests.
"""
