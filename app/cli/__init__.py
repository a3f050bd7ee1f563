"""The command line: `rawabit`."""

from app.cli.main import main

__all__ = ["main"]
