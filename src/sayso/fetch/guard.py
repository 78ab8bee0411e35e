"""Which addresses may be asked: public ones on ports 80 and 443, and the private hosts that the operator named.

`ssrfguard` judges each URL, resolves its name once, refuses the name if any answer is not public, and connects to the
address that it judged. Two things are stricter here than its defaults: of IPv6 only global unicast (2000::/3) is
public, and wrappers that carry an IPv4 address inside (6to4, NAT64, mapped) are refused unopened.
"""

from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from ssrfguard import DEFAULT_DENIED, AddressTable, Block, BlockedURLError, Policy, Reach

from sayso.errors import Refused

MAX_REDIRECTS = 5
EVERYTHING = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))

Pair = tuple[str, int]


def public_policy() -> Policy:
    """The policy for the whole world: http and https, ports 80 and 443, public addresses, no credentials."""
    rows = tuple(unopened(block) for block in DEFAULT_DENIED.blocks)
    outside = Block(IPv6Network("::/0"), "outside global unicast", "RFC4291", Reach.DENIED)
    inside = Block(IPv6Network("2000::/3"), "global unicast", "RFC4291", Reach.PERMITTED)
    return Policy(denied_networks=AddressTable((*rows, outside, inside)), max_redirects=MAX_REDIRECTS)


def unopened(block: Block) -> Block:
    """The row, denied as a whole where it is a wrapper around an IPv4 address."""
    return replace(block, reach=Reach.DENIED) if block.reach is Reach.TRANSLATED else block


def private_policy(host: str, port: int) -> Policy:
    """The policy for one host and port that the operator named; a name may resolve to any address, an address is
    itself only."""
    try:
        networks: tuple[IPv4Network | IPv6Network, ...] = (ip_network(ip_address(host)),)
    except ValueError:
        networks = EVERYTHING
    return Policy(allowed_ports=frozenset({port}), allowed_networks=networks, allowed_hosts=frozenset({host}))


def pair_of(url: str) -> Pair | None:
    """Host and port of a URL as written; None where there are none to be read."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None


def next_hop(location: str) -> str:
    """A redirect's target as it may be joined to the address before it.

    Raises Refused for forms that clients read in different ways: control characters, spaces, backslashes, and a scheme
    without two slashes.
    """
    if not location or any(c <= " " or c in "\\\x7f" for c in location):
        raise Refused(f"the redirect to {location[:200]!r} is refused: it is empty or has characters no address has")
    parts = urlsplit(location)
    if parts.scheme and not parts.netloc:
        raise Refused(f"the redirect to {location[:200]!r} is refused: it is neither http://HOST nor https://HOST")
    return location


def judge(policy: Policy, url: str) -> None:
    """Passes a URL that the policy permits as written; raises Refused naming the rule. Nothing is resolved here."""
    try:
        policy.check_url(url)
    except BlockedURLError as err:
        raise Refused(f"{err.reason}: {without_credentials(url)} is not fetched") from err
    except Exception as err:
        raise Refused(f"{without_credentials(url)} is not fetched: {err}") from err


def without_credentials(url: str) -> str:
    """The URL, shortened, as it may be shown and logged."""
    before, slashes, rest = url.partition("//")
    host, slash, path = rest.partition("/")
    return f"{before}{slashes}{host.rpartition('@')[2]}{slash}{path}"[:300]
