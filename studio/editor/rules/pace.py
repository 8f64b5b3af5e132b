"""How fast one editor may send: a bucket that fills by itself, with room for a burst."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Bucket:
    """Lets through ``rate`` a second on average and ``burst`` at once. Times are seconds of any steady clock."""

    rate: float
    burst: float
    level: float = 0.0
    at: float = 0.0

    def lets(self, amount: float, now: float) -> bool:
        """Take ``amount`` if there is room for it, and say so."""
        self.level = max(0.0, self.level - (now - self.at) * self.rate)
        self.at = now
        if self.level + amount > self.burst:
            return False
        self.level += amount
        return True
