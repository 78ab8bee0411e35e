"""No hostile URL, DNS answer or redirect makes the door open a connection to an address that is not public.

Connecting is replaced by a recorder: no packet is sent.
"""

import json
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import anyio
import pytest

from sayso.errors import Refused, SaysoError, TryLater
from sayso.fetch import Door, Limits
from sayso.fetch.guard import pair_of, public_policy

LIMITS = Limits(max_bytes=2**20, total_s=5.0)
PUBLIC = "93.184.216.34"


class World:
    """A resolver with scripted answers, and the addresses that the door tried to connect to."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers) or [[PUBLIC]]
        self.lookups = 0
        self.connected: list[str] = []

    def resolve(self, host: str, port: int, *_: Any) -> list[tuple[Any, ...]]:
        try:
            found = [str(ip_address(host))]
        except ValueError:
            found = self.answers[min(self.lookups, len(self.answers) - 1)]
            self.lookups += 1
        if not found:
            raise socket.gaierror("no such name")
        return [
            (socket.AF_INET6, 1, 6, "", (a, port, 0, 0)) if ":" in a else (socket.AF_INET, 1, 6, "", (a, port))
            for a in found
        ]

    async def connect(self, remote_host: Any, remote_port: int, **_: Any) -> Any:
        self.connected.append(str(remote_host))
        raise OSError("no packet is sent in tests")

    @property
    def reached_inside(self) -> list[str]:
        return [a for a in self.connected if not ip_address(a).is_global]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    w = World()
    monkeypatch.setattr(anyio, "connect_tcp", w.connect)
    return w


async def ask(door: Door, url: str) -> SaysoError | None:
    try:
        await door.get(url, limits=LIMITS)
    except SaysoError as err:
        return err
    return None


def corpus(shared: Path, name: str) -> Iterable[dict[str, Any]]:
    path = shared / "corpora" / "ssrf" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def answer_for(cls: str) -> str:
    """An address of the class that a hostile name would resolve to."""
    return {"loopback": "127.0.0.1", "metadata": "169.254.169.254", "special": "10.0.0.1"}.get(cls, "192.168.1.1")


def test_no_url_of_the_corpus_reaches_a_non_public_address(shared: Path, world: World) -> None:
    async def run() -> tuple[list[str], list[str], int]:
        passed, lost, allowed = [], [], 0
        for row in corpus(shared, "urls"):
            group, _, cls = row["cls"].partition(":")
            world.answers = [[answer_for(cls)]] if group == "name" else [[PUBLIC]]
            world.connected.clear()
            door = Door(user_agent="test", resolver=world.resolve)
            err = await ask(door, row["url"])
            if world.reached_inside or (row["expect"] == "refuse" and not isinstance(err, Refused | TryLater)):
                passed.append(row["url"])
            if row["expect"] == "refuse-by-port-policy" and (world.connected or not isinstance(err, Refused)):
                passed.append(row["url"])
            if row["expect"] == "allow":
                allowed += 1
                lost += [row["url"]] if not world.connected else []
        return passed, lost, allowed

    passed, lost, allowed = anyio.run(run)
    assert passed == []
    # 64:ff9c::1 stands in the corpus as a neighbour of NAT64's prefix; it is unassigned and outside 2000::/3
    assert (lost, allowed) == (["http://[64:ff9c::1]/"], 34)


def test_a_must_refuse_address_is_refused_by_rule_and_not_only_unreachable(shared: Path, world: World) -> None:
    world.answers = [["10.0.0.1"]]

    async def run() -> list[str]:
        door = Door(user_agent="test", resolver=world.resolve)
        rows = [r for r in corpus(shared, "urls") if r["expect"] == "refuse"]
        return [r["url"] for r in rows if not isinstance(await ask(door, r["url"]), Refused)]

    assert anyio.run(run) == []
    assert world.connected == []


def test_no_dns_script_reaches_a_non_public_address(shared: Path, world: World) -> None:
    async def run() -> list[str]:
        broken = []
        for row in corpus(shared, "dns"):
            world.answers, world.lookups = row["answers"], 0
            world.connected.clear()
            door = Door(user_agent="test", resolver=world.resolve)
            for _ in range(4):
                await ask(door, row["url"])
            if world.reached_inside or (
                (row["expect"] == "allow") != bool(world.connected) and row["expect"] == "allow"
            ):
                broken.append(row["id"])
        return broken

    assert anyio.run(run) == []


def test_ipv6_outside_global_unicast_and_wrappers_are_refused() -> None:
    policy = public_policy()
    for address in (
        "::ffff:0:10.0.0.1",
        "2002:5db8:d822::1",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8",
        "fc00::1",
        "100::1",
    ):
        assert not policy.permits_address(address), address
    assert policy.permits_address("2606:2800:220:1:248:1893:25c8:1946")


def test_only_the_exact_pair_that_the_operator_named_is_open(world: World) -> None:
    async def run() -> None:
        door = Door(user_agent="test", allow=frozenset({("127.0.0.1", 8907)}), resolver=world.resolve)
        for url in (
            "http://127.0.0.1:8908/", "http://127.0.0.1/", "http://127.0.0.2:8907/", "http://[::1]:8907/",
            "http://localhost:8907/", "http://0.0.0.0:8907/", "http://2130706433:8907/", "http://10.0.0.1:8907/",
            "ftp://127.0.0.1:8907/", "http://u:p@127.0.0.1:8907/",
        ):  # fmt: skip
            assert isinstance(await ask(door, url), Refused), url
        assert world.connected == []
        await ask(door, "http://127.0.0.1:8907/feed")
        assert world.connected == ["127.0.0.1"]

    anyio.run(run)


def test_a_named_private_host_may_resolve_to_a_private_address(world: World) -> None:
    world.answers = [["10.1.2.3"]]

    async def run() -> None:
        door = Door(user_agent="test", allow=frozenset({("feeds.intranet", 8080)}), resolver=world.resolve)
        await ask(door, "http://feeds.intranet:8080/rss")
        assert world.connected == ["10.1.2.3"]
        assert isinstance(await ask(door, "http://feeds.intranet/rss"), Refused)

    anyio.run(run)


def test_a_refusal_names_the_rule_and_no_password(world: World) -> None:
    async def run() -> str:
        return str(await ask(Door(user_agent="test", resolver=world.resolve), "http://me:secret@93.184.216.34/"))

    message = anyio.run(run)
    assert "secret" not in message
    assert "credential" in message or "userinfo" in message


def test_a_name_that_does_not_resolve_may_be_tried_later(world: World) -> None:
    world.answers = [[]]

    async def run() -> SaysoError | None:
        return await ask(Door(user_agent="test", resolver=world.resolve), "http://gone.example/")

    assert isinstance(anyio.run(run), TryLater)


@pytest.mark.parametrize(
    ("url", "pair"),
    [
        ("http://a.example/x", ("a.example", 80)),
        ("https://A.example:8443", ("a.example", 8443)),
        ("http://a:99999/", None),
        ("file:///x", None),
    ],
)
def test_pair_of(url: str, pair: tuple[str, int] | None) -> None:
    assert pair_of(url) == pair
