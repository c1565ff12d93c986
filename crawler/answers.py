"""What a server answered, as a record of an archive holds it: head and body."""

from __future__ import annotations

from io import BytesIO

from fastwarc.stream_io import ChunkedReader
from fastwarc.warc import HeaderMap, WarcRecord

from crawler.archive import MAX_HEADER_BYTES
from crawler.content import MAX_PAYLOAD_BYTES

HTTP = b"HTTP/"  # how every answer begins


def answer(block: bytes) -> tuple[HeaderMap, bytes]:
    """By the block itself: some archives type their responses otherwise, or end lines of the head in LF."""
    end, usual = block.find(b"\n\n", 0, MAX_HEADER_BYTES), block.find(b"\r\n\r\n", 0, MAX_HEADER_BYTES)
    if end >= 0 and not 0 <= usual < end:
        lines = [line.rstrip(b"\r") for line in block[:end].split(b"\n")]
        block = b"\r\n".join([*lines, b"", block[end + 2 :]])
    held = WarcRecord()
    held.set_bytes_content(block)
    held.is_http = True
    held.parse_http(auto_decode="none", max_header_len=MAX_HEADER_BYTES)
    return held.http_headers, held.reader.read()


def response_head(headers: HeaderMap) -> bytes:
    lines = [headers.status_line_bytes or b"HTTP/1.1 200 OK"]
    pairs = headers.items_bytes()
    lines += [name + b": " + value for name, value in pairs if name.lower() != b"transfer-encoding"]
    return b"".join(line + b"\r\n" for line in lines)


def dechunked(body: bytes) -> bytes:
    """Some archives hold the body without its chunks under the header that announces them."""
    try:
        return ChunkedReader(BytesIO(body)).read(MAX_PAYLOAD_BYTES + 1)
    except OSError:
        return body
