"""What stops a command on the warehouse, said in one bilingual sentence."""


class WarehouseError(Exception):
    """The command cannot do what was asked; the message is for people, Chinese first."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both languages, together the message."""
        super().__init__(f"{zh} / {en}")
        self.languages = zh, en
