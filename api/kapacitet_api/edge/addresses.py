"""Whose request it is: the peer's address, or what a proxy that is named tells."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import Scope

type Network = ipaddress.IPv4Network | ipaddress.IPv6Network
type Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@lru_cache(maxsize=8)
def networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks of a list with commas.

    Raises:
        ValueError: one can't be read.
    """
    return tuple(ipaddress.ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip())


def client_of(scope: Scope, proxies: Sequence[Network]) -> str:
    """The address nearest to the client that we or a named proxy has seen.

    ``X-Forwarded-For`` grows to the right; what stands left of the first address that is no proxy of ours may be
    anything.
    """
    peer = scope["client"][0] if scope.get("client") else ""
    if not _among(_parsed(peer), proxies):
        return str(peer)
    told = ",".join(Headers(scope=scope).getlist("x-forwarded-for"))
    nearest = str(peer)
    for text in reversed(told.split(",")):
        address = _parsed(text)
        if address is None:
            break
        nearest = str(address)
        if not _among(address, proxies):
            break
    return nearest


def party_of(address: str) -> str:
    """What is counted as one: an IPv4 address, or the 64 bits of an IPv6 network that one subscriber has."""
    parsed = _parsed(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return address


def _parsed(text: str) -> Address | None:
    """An address, its port left out; an IPv4 address in IPv6 clothes as IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _among(address: Address | None, proxies: Sequence[Network]) -> bool:
    return address is not None and any(address in network for network in proxies)
