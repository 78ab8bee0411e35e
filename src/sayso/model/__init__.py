"""Frozen records and the vocabulary that the rooms speak in. No I/O, no clock."""
