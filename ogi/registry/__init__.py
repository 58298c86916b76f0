"""Names to agencies and administrative divisions."""
