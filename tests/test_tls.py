"""Certificates that do not hold: each ends as `tls-error`, and the crawl goes on beside them."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import IPv4Address, ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.crawl import crawl
from crawler.frontier import Frontier
from crawler.sites import Site
from tests.crawl_server import LocalSite, article, links, local_site, workspace_in

NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Shown:
    """What a site shows: a certificate for `host`, valid until a day, by the one authority or by itself."""

    host: str
    until: datetime = NOW + timedelta(days=9)
    by_itself: bool = False


@cache
def key(of: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def certificate(shown: Shown | None) -> x509.Certificate:
    """None: the authority's own."""
    host = shown.host if shown else "authority"
    name, issuer = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, of)]) for of in (host, "authority"))
    by_itself = shown is None or shown.by_itself
    until = shown.until if shown else NOW + timedelta(days=9)
    made = (
        x509.CertificateBuilder(name if by_itself else issuer, name, key(host).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - timedelta(days=99))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(shown is None, None), critical=True)
    )
    if shown is not None:
        said = [x509.IPAddress(IPv4Address(host))] if host[0].isdigit() else [x509.DNSName(host)]
        made = made.add_extension(x509.SubjectAlternativeName(said), critical=False)
    return made.sign(key(host if by_itself else "authority"), hashes.SHA256())


@contextmanager
def with_tls(folder: Path, at: str, shown: Shown) -> Iterator[LocalSite]:
    """A site at an address that shows this certificate, with an article."""
    assert ip_address(at).is_loopback
    held = key(shown.host).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem = folder / f"{at}.pem"
    pem.write_bytes(held + certificate(shown).public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with local_site(at) as site:
        site.server.socket = context.wrap_socket(
            site.server.socket, server_side=True, do_handshake_on_connect=False
        )
        site.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # it hangs up
        site.url = site.url.replace("http:", "https:")
        site.html("/", links("/news/1.html"))
        site.html("/news/1.html", article(1))
        yield site


def test_certificates_that_do_not_hold_are_named_and_the_crawl_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Out of date, of another host, by nobody known; the last one's definition says that its own is bad."""
    trusted, workspace = tmp_path / "authority.pem", workspace_in(tmp_path / "w")
    trusted.write_bytes(certificate(None).public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    kinds = {
        "good": Shown("127.0.7.1"),
        "old": Shown("127.0.7.2", NOW - timedelta(days=1)),
        "other": Shown("other.example.com"),
        "own": Shown("127.0.7.4", by_itself=True),
        "known": Shown("127.0.7.5", by_itself=True),
    }
    with ExitStack() as stack:
        sites: list[Site] = []
        for number, (name, shown) in enumerate(kinds.items(), 1):
            site = stack.enter_context(with_tls(tmp_path, f"127.0.7.{number}", shown))
            sites.append(site.site(name, verify_tls=name != "known"))
        summary = crawl(workspace, sites)
    assert summary.outcomes == {
        name: {"new": 2} if name in ("good", "known") else {"error": 1} for name in kinds
    }
    with Frontier(workspace) as frontier:
        lost = {page.site_id: page.loss for page in frontier.pages() if page.state == "blocked"}
    assert lost == dict.fromkeys(("old", "other", "own"), "tls-error")
