"""The server's process: Streamlit's, which meanwhile finds what the first page will show."""

from __future__ import annotations

import contextlib
import sys
import threading

from kg.errors import RawabitError


def main() -> None:
    """Serve the script that the command line names, as `streamlit run` does."""
    threading.Thread(target=_prepare, name="rawabit-first-page", daemon=True).start()
    from streamlit.web import cli

    sys.argv[0] = "streamlit"
    cli.main(prog_name="streamlit")


def _prepare() -> None:
    """Load the explorer and read the store; where that fails, the page says why."""
    from app.explorer import state
    from app.explorer.views import overview  # noqa: F401  what the first page loads

    with contextlib.suppress(RawabitError, OSError):
        session = state.open_store("ar")
        state.first_page(session)
        state.prepare(session)


if __name__ == "__main__":
    main()
