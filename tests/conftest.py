"""What all tests share: engines are read from a cache of the tests' own."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("RAWABIT_CACHE", str(Path(__file__).parents[1] / ".pytest_cache" / "rawabit"))
