"""Orchestration: what runs when. Each task is one call into ogi."""
