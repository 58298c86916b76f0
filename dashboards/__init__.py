"""Streamlit pages for oversight offices, on the published release, read-only."""
