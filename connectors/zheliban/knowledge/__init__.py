"""The knowledge base of hot questions behind the IRS gateway (``contract/knowledge.yaml``)."""
