"""Certificates are checked, unless a site's definition says that its own are known to be bad."""

from __future__ import annotations

import logging
from typing import Any

from OpenSSL import SSL
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from service_identity import CertificateError, VerificationError
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

MAX_CAUSES = 10  # of an error, in one another
# The last two: a certificate that holds, of another host or of none.
BAD_TLS = (SSL.Error, VerificationError, CertificateError)


@implementer(IPolicyForHTTPS)
class Certificates:
    """Scrapy knows one answer for all hosts; this asks for each."""

    def __init__(self, strict: Any, unverified: frozenset[str]) -> None:
        self._strict = strict
        self._lenient = _ScrapyClientContextFactory(verify_certificates=False)
        self._unverified = unverified

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        lenient = hostname.decode("ascii").lower() in self._unverified
        return (self._lenient if lenient else self._strict).creatorForNetloc(hostname, port)


class CheckingHandler(HTTP11DownloadHandler):  # type: ignore[misc]
    """Twisted writes the stack of every certificate that does not hold; the outcome says it in a word."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        logging.getLogger("twisted").addFilter(_is_no_certificate)
        strict: Any = self._contextFactory  # type: ignore[has-type]
        self._contextFactory = Certificates(strict, crawler.spider.crawling.unverified)


def is_tls_error(error: BaseException) -> bool:
    """Whether the host was reached and its certificate or its handshake was wrong."""
    found: list[BaseException] = [error]
    for cause in found:
        if isinstance(cause, BAD_TLS):
            return True
        if len(found) < MAX_CAUSES:
            reasons = getattr(cause, "reasons", None) or []
            found += [reason.value for reason in reasons if hasattr(reason, "value")]
            found += [further for further in (cause.__cause__, cause.__context__) if further is not None]
    return False


def _is_no_certificate(record: logging.LogRecord) -> bool:
    return "while verifying certificate" not in record.getMessage()
