"""The record: signed, stamped and proved, carried out and in, and erased where it must be."""
