"""`rawabit explore`."""

from __future__ import annotations

import click

from app.cli.console import store_path


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Default: the first free from 8501.")
@click.option("--no-browser", is_flag=True, help="Print the address, open no browser.")
@click.pass_context
def explore(ctx: click.Context, port: int | None, no_browser: bool) -> None:
    """Browse the graph on this machine: search, network, articles, queries.

    The explorer listens on 127.0.0.1 only, and sends nothing anywhere. Ctrl+C stops it.

    \b
    Examples:
      rawabit explore
      rawabit --store /data/graph explore --port 9000 --no-browser
    """
    from app.serve import serve
    from kg.store import View

    path = store_path(ctx)
    View.open(path).close()  # says what to do where there is no store
    ctx.exit(serve(path, port, not no_browser))
