"""`ogi dashboard`: starts the page on this machine."""

from pathlib import Path

APP = Path(__file__).with_name("app.py")


def serve(port: int) -> None:
    """Serve the page on http://127.0.0.1:PORT until it is interrupted. Settings: `.streamlit/config.toml` beside the page.

    Raises:
        ModuleNotFoundError: Streamlit is not installed; the message says how to install it.
    """
    try:
        from streamlit.web.cli import main
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "看板需要 Streamlit：pip install 'ogi-warehouse[dashboard]' / the dashboard needs Streamlit: install that extra",
            name=error.name,
        ) from error
    main(["run", str(APP), f"--server.port={port}"], standalone_mode=False)
