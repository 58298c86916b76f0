"""The accounting identities (勾稽关系): evaluate, explain, diagnose."""
