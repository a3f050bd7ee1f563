"""What is compared: an account, the same for all reports that say the same, and its tier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Protocol, TypeVar


class Join(IntEnum):
    """Whether two accounts of one tier are of one thing."""

    NO = 0
    WEAK = 1  # where nothing speaks against it
    STRONG = 2


class Tier(IntEnum):
    """How well an account pins down what it is of; a lower tier never joins two higher ones."""

    LISTED = 0
    PINNED = 1
    PARTIAL = 2
    VAGUE = 3


@dataclass(frozen=True, slots=True)
class Account:
    """Reports that say the same: `id` is a digest of all that is compared, `local` their key."""

    id: int
    tier: int
    local: str


A = TypeVar("A", bound=Account)
Compared = TypeVar("Compared", bound=Account, contravariant=True)


class Policy(Protocol[Compared]):
    """How accounts of one kind are compared; symmetric and blind to all else in the store."""

    @property
    def told_apart(self) -> bool:
        """Whether what one document tells apart is not joined but on the strongest evidence."""
        ...

    def blocks(self, account: Compared) -> Iterable[str]:
        """Keys of which any two accounts that `join` or `attach` share one."""
        ...

    def identity(self, account: Compared) -> str | None:
        """The block whose accounts, of one tier and with this identity, all join strongly."""
        ...

    def join(self, one: Compared, other: Compared) -> Join:
        """Whether two accounts of one tier are of one thing."""
        ...

    def conflict(self, one: Compared, other: Compared) -> bool:
        """Whether two accounts can't be of one thing, however they come together."""
        ...

    def attach(self, vague: Compared, clear: Compared) -> int | None:
        """How far (0: best) the former, of a lower tier, may be of the latter; None: not at all."""
        ...


def number(*parts: str) -> int:
    """A whole number of 63 bits that stands for the parts, order and boundaries included."""
    return int.from_bytes(sha256("\x1f".join(parts).encode()).digest()[:8], "big") >> 1
