"""Which addresses are never connected to: an outsider's link must not reach the inside of a network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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

# Global by Python's registry and yet inside: addresses that embed another one (RFC 6052, 3056, 4380, 4291,
# 2765), once of a site (RFC 3879), and of protocols, among them a cloud's metadata (192.0.0.192).
INSIDE = tuple(
    map(
        ip_network,
        ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96",
         "fec0::/10", "192.0.0.0/24"),
    )
)  # fmt: skip


class Guard:
    """Knows the hosts that the sites' own `start` names, and remembers what it refused."""

    def __init__(
        self,
        sites: Iterable[Site],
        public_hosts: Iterable[str] = (),
        on_public: Callable[[str], None] | None = None,
    ) -> None:
        starts = [canonical(url) for site in sites for url in site.start]
        self._own = frozenset(_host_and_port(url) for url in starts if url is not None)
        self._public_hosts = set(public_hosts)
        self._on_public = on_public
        self._refused: set[tuple[str, int]] = set()

    def permits(self, address: str, host: str, port: int) -> bool:
        """Public addresses, and those inside that a start page's own host and port have always had."""
        host = host.lower()
        if is_public(address):
            self._learn(host, port)
            return True
        if (host, port) in self._own and self._belongs_inside(address, host):
            return True
        self._refused.add((host, port))
        return False

    def _belongs_inside(self, address: str, host: str) -> bool:
        """A name that was outside once and leads inside now is DNS rebinding, whoever wrote it down.

        Link-local addresses, where clouds hand out their keys, are a person's wish only as an address.
        """
        return _is_address(host) or (host not in self._public_hosts and not is_link_local(address))

    def _learn(self, host: str, port: int) -> None:
        if (host, port) in self._own and host not in self._public_hosts and not _is_address(host):
            self._public_hosts.add(host)
            if self._on_public is not None:
                self._on_public(host)

    def refused(self, url: str) -> bool:
        """Whether the URL's host led to an address that was refused."""
        return _host_and_port(url) in self._refused


def is_public(address: str) -> bool:
    """Not private, loopback, link-local (cloud metadata), multicast, reserved, nor an IPv6 dress of one."""
    parsed = _address(address)
    if parsed is None or any(parsed in network for network in INSIDE):
        return False
    return parsed.is_global and not parsed.is_multicast


def is_link_local(address: str) -> bool:
    parsed = _address(address)
    return parsed is not None and parsed.is_link_local


def _address(said: str) -> IPv4Address | IPv6Address | None:
    """The address that is meant: an IPv4 address in the dress of IPv6 is that IPv4 address."""
    try:
        parsed = ip_address(said.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(parsed, IPv6Address) and parsed.ipv4_mapped) or parsed


def _is_address(host: str) -> bool:
    return _address(host) is not None


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
        guarded = _Guarded(resolutionReceiver, self._guard, hostName, portNumber)
        return self._inner.resolveHostName(guarded, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _Guarded:
    """Holds the addresses of a name until all are known: one outside makes those inside a trick."""

    def __init__(self, receiver: IResolutionReceiver, guard: Guard, host: str, port: int) -> None:
        self.resolutionBegan = receiver.resolutionBegan
        self._receiver = receiver
        self._guard, self._host, self._port = guard, host, port
        self._held: list[IAddress] = []

    def addressResolved(self, address: IAddress) -> None:
        self._held.append(address)

    def resolutionComplete(self) -> None:
        for address in sorted(self._held, key=lambda held: not is_public(held.host)):
            if self._guard.permits(address.host, self._host, self._port):
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()


def _host_and_port(url: str) -> tuple[str, int]:
    host, _, port = host_of(url).rpartition(":")
    if not host or not port.isdigit():
        return host_of(url).strip("[]"), DEFAULT_PORTS[url.partition(":")[0]]
    return host.strip("[]"), int(port)
