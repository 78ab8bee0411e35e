"""Text -> claims, each with who says it, the words that say so, and the rule that read them. Pure."""

from sayso.read.reader import Reader

__all__ = ["Reader"]
