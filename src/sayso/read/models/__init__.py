"""What a language model or a parser may add, and what of it the text itself bears out. Both are off by default."""
