"""What a warehouse has to endure: loads killed at any moment, and many nights in a row."""
