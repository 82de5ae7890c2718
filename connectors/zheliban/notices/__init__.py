"""News to citizens, behind the IRS gateway (``contract/notices.yaml``): an interface of ours, of no known platform."""
