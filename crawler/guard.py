"""Which addresses are never connected to: an outsider's link must not reach the inside of a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.sites import Site
from crawler.urls import DEFAULT_PORTS, canonical, host_of

# Global by the registry and yet inside: addresses that embed another one (RFC 6052, 3056, 4380).
EMBEDDING = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class Guard:
    """Knows the hosts that the sites' own `start` names, and remembers what it refused."""

    def __init__(self, sites: Iterable[Site]) -> None:
        starts = [canonical(url) for site in sites for url in site.start]
        self._own = frozenset(_host_and_port(url) for url in starts if url is not None)
        self._refused: set[tuple[str, int]] = set()

    def permits(self, address: str, host: str, port: int) -> bool:
        """Public addresses, and whatever a start page's own host and port resolve to."""
        if (host.lower(), port) in self._own or is_public(address):
            return True
        self._refused.add((host.lower(), port))
        return False

    def refused(self, url: str) -> bool:
        """Whether the URL's host led to an address that was refused."""
        return _host_and_port(url) in self._refused


def is_public(address: str) -> bool:
    """Not private, loopback, link-local (cloud metadata), multicast, reserved, nor an IPv6 dress of one."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            parsed = parsed.ipv4_mapped
        elif any(parsed in network for network in EMBEDDING):
            return False
    return parsed.is_global and not parsed.is_multicast


@implementer(IHostnameResolver)
class GuardedResolver:
    """Hands on only addresses that are permitted: what was checked is what is connected to.

    Checking first and resolving again to connect would leave a gap for a name that changes in between.
    """

    def __init__(self, inner: IHostnameResolver, guard: Guard, reactor: Any) -> None:
        self._inner = inner
        self._guard = guard
        self._reactor = reactor

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> GuardedResolver:
        """`crawler` is the process that Scrapy builds resolvers for; see crawler.process."""
        return cls(reactor.nameResolver, crawler.guard, reactor)

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        sieve = _Sieve(resolutionReceiver, self._guard, hostName, portNumber)
        return self._inner.resolveHostName(sieve, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _Sieve:
    def __init__(self, receiver: IResolutionReceiver, guard: Guard, host: str, port: int) -> None:
        self.resolutionBegan = receiver.resolutionBegan
        self.resolutionComplete = receiver.resolutionComplete
        self._receiver = receiver
        self._guard, self._host, self._port = guard, host, port

    def addressResolved(self, address: IAddress) -> None:
        if self._guard.permits(address.host, self._host, self._port):
            self._receiver.addressResolved(address)


def _host_and_port(url: str) -> tuple[str, int]:
    host, _, port = host_of(url).rpartition(":")
    if not host or not port.isdigit():
        return host_of(url).strip("[]"), DEFAULT_PORTS[url.partition(":")[0]]
    return host.strip("[]"), int(port)
