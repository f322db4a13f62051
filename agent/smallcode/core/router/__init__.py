"""What kind of work a message asks for, told by rule: no model, no state, a bounded time for any text."""

from .classify import classify
from .routing import PRIORITY, Category, Routing

__all__ = ["PRIORITY", "Category", "Routing", "classify"]
