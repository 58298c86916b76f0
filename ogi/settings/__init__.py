"""The settings: one TOML file and the environment, read once by a command and handed down as one typed object."""
