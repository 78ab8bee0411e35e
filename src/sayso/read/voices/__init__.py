"""Who says what: the sources that a sentence names, however it names them, and the words that are theirs."""
