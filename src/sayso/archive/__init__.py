"""Originals by content hash: the bytes of every answer, on disk before anything parses them."""

from sayso.archive.blobs import Archive

__all__ = ["Archive"]
