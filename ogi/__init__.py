"""Reads Open Government Information annual reports and publishes an audited warehouse of their figures."""

__version__ = "0.1.0"
