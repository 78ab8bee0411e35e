"""From characters to who does what: sentences, words with all their readings, numbers, dates, groups, frames."""
