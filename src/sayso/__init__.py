"""sayso: a self-hosted desk for live coverage of an armed conflict. No number without who said it."""

__version__ = "0.1.0"
