"""Reading an answer's body with a maximum, counted after unpacking: a megabyte of gzip can hold a thousand."""

import zlib
from collections.abc import AsyncIterable

from sayso.errors import Refused, SourceChanged, TryLater

GZIP = ("gzip", "x-gzip")
PLAIN = ("", "identity")


async def read_body(chunks: AsyncIterable[bytes], *, encoding: str, max_bytes: int, url: str) -> bytes:
    """The whole unpacked body.

    Raises Refused at the first byte over `max_bytes`, SourceChanged for a packing that we did not ask for or that the
    body does not have, TryLater where it ends too early.
    """
    encoding = encoding.strip().lower()
    if encoding in PLAIN:
        return await read_plain(chunks, max_bytes=max_bytes, url=url)
    if encoding in GZIP:
        return await read_gzip(chunks, max_bytes=max_bytes, url=url)
    raise SourceChanged(f"{url} came packed as {encoding[:80]!r}, which we did not ask for and do not unpack")


async def read_plain(chunks: AsyncIterable[bytes], *, max_bytes: int, url: str) -> bytes:
    """The body of an answer that is not packed."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise too_large(url, max_bytes)
    return bytes(body)


async def read_gzip(chunks: AsyncIterable[bytes], *, max_bytes: int, url: str) -> bytes:
    """The body of an answer that is packed with gzip, in one member or several."""
    body = bytearray()
    unpacker = zlib.decompressobj(wbits=31)
    async for chunk in chunks:
        rest = chunk
        while rest:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            try:
                body += unpacker.decompress(rest, max_bytes + 1 - len(body))
            except zlib.error as err:
                raise SourceChanged(f"{url} says that it is packed with gzip, but it is not: {err}") from err
            if len(body) > max_bytes:
                raise too_large(url, max_bytes)
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise TryLater(f"{url} ended before its packed body was complete")
    return bytes(body)


def too_large(url: str, max_bytes: int) -> Refused:
    """The error for a body over the cap."""
    return Refused(
        f"{url} is larger than {max_bytes / 2**20:g} MB, the limit for its kind of source; nothing of it was kept: "
        "check the address and the kind"
    )
