"""Why an address gave nothing, as a problem of that address."""


class FetchFailed(Exception):
    """The address gave no document; the message is Chinese first and says what to do."""

    def __init__(self, code: str, zh: str, en: str, unreachable_host: str | None = None) -> None:
        """Keep the code; `unreachable_host` is set where the host itself did not answer, whatever is asked of it."""
        super().__init__(f"{zh} / {en}")
        self.code = code
        self.unreachable_host = unreachable_host
