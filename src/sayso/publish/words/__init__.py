"""Word lists of the page's own voice, one file a language."""
