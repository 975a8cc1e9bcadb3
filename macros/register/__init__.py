"""The register: every record of an area, their links to each other, and what follows from them."""

from .load import load, read
from .progress import DUE_SOON_DAYS, STALE_AFTER_DAYS, DateMove, Progress
from .register import Register

__all__ = ["DUE_SOON_DAYS", "STALE_AFTER_DAYS", "DateMove", "Progress", "Register", "load", "read"]
