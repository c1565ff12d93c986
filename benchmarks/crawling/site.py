"""A site of its own process on loopback: lists of a hundred articles each, of some 40 kB, nothing on disk."""

from __future__ import annotations

import multiprocessing
import socketserver
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from typing import Any

PER_LIST = 100
# Each article from other words: a thousand that differ by their numbers only are one story, and comparing
# them takes a build longer than everything else.
WHO = (
    "账单 分期 利息 合同 短信 电话 家人 单位 律师 银行 法院 调解 证据 录音 还款 征信 欠条 信函 平台 费用"
).split()
WHAT = "怎么核对 怎么谈 哪里写明 何时到期 由谁决定 怎样保存 如何计算 能否减少 有无依据".split()
WHY = "先问清楚 写在纸上 留好原件 不必着急 换人再谈 请人陪同 当面说明 逐项对照 记下日期".split()
PARAGRAPHS = 430  # about 40 kB of UTF-8, as the pages of the findings
SCATTER = 2_654_435_761  # Knuth's multiplicative hash: neighbouring numbers share no words


def page(path: str, articles: int) -> bytes | None:
    """`/` and `/list/N.html` link to articles and to the next list."""
    name = path.strip("/").removesuffix(".html")
    if path == "/" or name.startswith("list/"):
        return _list(1 if path == "/" else int(name.removeprefix("list/")), articles)
    if name.startswith("article/"):
        return _article(int(name.removeprefix("article/")))
    return None


def _list(number: int, articles: int) -> bytes:
    first = (number - 1) * PER_LIST
    last = min(first + PER_LIST, articles)
    links = "".join(f'<li><a href="/article/{n}.html">第{n}篇</a></li>' for n in range(first, last))
    more = f'<a href="/list/{number + 1}.html">下一页</a>' if last < articles else ""
    return (
        f"<html><head><title>列表{number}</title></head><body><ul>{links}</ul>{more}</body></html>".encode()
    )


def _article(number: int) -> bytes:
    text = "".join(f"<p>{_sentence(number * 1000 + n)}</p>\n" for n in range(PARAGRAPHS))
    return _html(f"第{number}篇", f"<h1>第{number}篇</h1>{text}")


def _sentence(number: int) -> str:
    drawn = number * SCATTER % 2**32
    picks = [drawn >> shift for shift in (3, 9, 14, 19, 24)]
    one, two, three, four, five = (
        words[pick % len(words)] for words, pick in zip((WHO, WHAT, WHY, WHO, WHAT), picks, strict=True)
    )
    return f"{one}{two}，{three}；{four}{five}，第{number}条。"


def _html(title: str, body: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


@contextmanager
def served(articles: int, pause_seconds: float = 0.0) -> Iterator[tuple[str, Any]]:
    """(URL, how many requests it has answered), each after a pause."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    asked = context.Value("q", 0)
    process = context.Process(target=_serve, args=(articles, pause_seconds, there, asked), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/", asked
    finally:
        process.kill()
        process.join()


def _serve(articles: int, pause_seconds: float, told: Connection, asked: Synchronized[int]) -> None:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while line := self.rfile.readline(65_536):
                while self.rfile.readline(65_536) not in (b"\r\n", b"\n", b""):
                    pass
                with asked.get_lock():
                    asked.value += 1
                time.sleep(pause_seconds)
                body = page(line.split(b" ")[1].decode(), articles)
                status = b"404 Not Found" if body is None else b"200 OK"
                head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
                self.wfile.write(head % (status, len(body or b"")) + (body or b""))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: object) -> None:
            """A killed crawler hangs up."""

    sys.setswitchinterval(0.001)
    with Server(("127.0.0.1", 0), Handler) as server:
        told.send(server.server_address[1])
        server.serve_forever()
