"""12345 work orders behind the IRS gateway, as the gateway reads and writes them (``contract/workorders.yaml``)."""
