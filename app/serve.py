"""Starts the explorer as a local web server that only this machine can reach."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

import app
from kg.errors import RawabitError

HOST = "127.0.0.1"
FIRST_PORT = 8501
START_SECONDS = 60.0
_ROOT = Path(app.__file__).parent
_MAIN = _ROOT / "explorer" / "main.py"
_FLAGS = {
    "server.address": HOST,
    "server.headless": "true",  # we open the browser ourselves, where there is one
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    "server.enableStaticServing": "true",  # the fonts
    "server.maxUploadSize": "8",
    "browser.gatherUsageStats": "false",
    "browser.serverAddress": HOST,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "logger.level": "warning",
    "theme.font": "'IBM Plex Sans', 'IBM Plex Sans Arabic', sans-serif",
    "theme.baseRadius": "medium",
    "theme.light.primaryColor": "#0b6e75",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f0f4f5",
    "theme.light.textColor": "#1b2730",
    "theme.light.linkColor": "#0a5f66",
    "theme.light.borderColor": "#cfd8dc",
    "theme.dark.primaryColor": "#2aa5ad",
    "theme.dark.backgroundColor": "#11181d",
    "theme.dark.secondaryBackgroundColor": "#1b252c",
    "theme.dark.textColor": "#e6edf0",
    "theme.dark.linkColor": "#6fd0d6",
    "theme.dark.borderColor": "#33424b",
}


class ServeFault(RawabitError):
    """The explorer can't be started; the text says why."""


def free_port(first: int = FIRST_PORT) -> int:
    """The first free port from `first` on, within a hundred; else any that the system gives."""
    for port in (*range(first, first + 100), 0):
        with socket.socket() as probe:
            if sys.platform != "win32":  # a port that was closed a moment ago counts as free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServeFault(f"no free port on {HOST}")


def command(port: int) -> list[str]:
    """The command line of the server."""
    flags = [f"--{name}={value}" for name, value in _FLAGS.items()]
    return [sys.executable, "-m", "app.server", "run", str(_MAIN), f"--server.port={port}", *flags]


def start(store_path: Path | str, port: int) -> subprocess.Popen[bytes]:
    """Start the server and return once it answers; ServeFault where it does not."""
    paths = [str(_ROOT.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = os.environ | {
        "RAWABIT_STORE": str(Path(store_path).resolve()),
        "PYTHONPATH": os.pathsep.join(paths),
    }
    server = subprocess.Popen(command(port), env=env, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ServeFault(f"the explorer stopped at once, exit code {server.returncode}")
        if _answers(port):
            return server
        time.sleep(0.2)
    stop(server)
    raise ServeFault(f"the explorer did not answer within {START_SECONDS:.0f} s")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, by force where it does not heed."""
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def serve(store_path: Path | str, port: int | None = None, open_browser: bool = True) -> int:
    """Serve a store until interrupted, and print the address; the exit code of the server.

    `port` None takes the first free one from 8501 on. Without a screen no browser is opened.
    Raises ServeFault where the port is taken or the server does not come up.
    """
    chosen = port if port is not None else free_port()
    if port is not None and free_port(port) != port:
        raise ServeFault(f"port {port} is in use: give another with --port")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends the server too
    server = start(store_path, chosen)
    address = f"http://{HOST}:{chosen}"
    print(f"Rawabit: {address}  (Ctrl+C stops)", flush=True)
    try:
        if open_browser and has_screen():
            webbrowser.open(address)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        stop(server)


def has_screen() -> bool:
    """Whether a browser window could be shown: always outside Linux, there with a display."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=1) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False
