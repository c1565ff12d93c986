"""Names of a list in texts, as (start, end) a text: ours by rules over an automaton, others by dictionary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.peers.tools.child import Work, main

OFTEN = 10**7  # how common a dictionary is told that a name is, so that it is not cut up
Spans = list[tuple[int, int]]


def _repeated(given: Any, spans: Callable[[str, str], Spans]) -> Work:
    """Over all texts as often as is asked; a first time before, so that what is made once is made."""
    texts = list(zip(given["titles"], given["texts"], strict=True))
    spans(*texts[0])

    def work() -> list[Spans]:
        for _ in range(given["times"]):
            found = [spans(title, text) for title, text in texts]
        return found

    return work


def yuqi(given: Any) -> Work:
    """All that is found in a text: names by their rules, and practices, laws and advice besides."""
    from pipeline.records import Mention
    from yuqi.evaluating.asserted import page

    find = _find(given)

    def spans(title: str, text: str) -> Spans:
        found = find(page(title, text), (), ())
        return [
            (one.char_start, one.char_end)
            for one in found
            if isinstance(one, Mention) and one.field == "text"
        ]

    return _repeated(given, spans)


def yuqi_places(given: Any) -> Work:
    """Places where a name may stand, before the rules that ask what is around it: what a dictionary does."""
    from pipeline.findings.matching import candidates, resolve

    names = _find(given).names

    def spans(_: str, text: str) -> Spans:
        return [(match.start, match.end) for match in resolve(candidates(text, names.names, names.aliases))]

    return _repeated(given, spans)


def _find(given: Any) -> Any:
    from pathlib import Path

    from pipeline.findings import find_from
    from pipeline.topic import load_topic, topic_folder

    return find_from(load_topic(topic_folder(), Path(given["overrides"])))


def jieba(given: Any) -> Work:
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    for name in given["names"]:
        jieba.add_word(name, freq=OFTEN)
    return _repeated(given, _by_words(jieba.tokenize, set(given["names"])))


def rjieba(given: Any) -> Work:
    import rjieba

    cut = rjieba.Jieba()
    for name in given["names"]:
        cut.add_word(name, OFTEN, None)
    return _repeated(given, _by_words(lambda text: cut.tokenize(text, "default", True), set(given["names"])))


def _by_words(tokenize: Callable[[str], Any], names: set[str]) -> Callable[[str, str], Spans]:
    return lambda _, text: [(start, end) for word, start, end in tokenize(text) if word in names]


def flashtext(given: Any) -> Work:
    from flashtext import KeywordProcessor

    known = KeywordProcessor()
    for name in given["names"]:
        known.add_keyword(name)
    return _repeated(
        given, lambda _, text: [found[1:] for found in known.extract_keywords(text, span_info=True)]
    )


TOOLS = {
    "yuqi": yuqi,
    "yuqi, places alone": yuqi_places,
    "jieba": jieba,
    "rjieba": rjieba,
    "flashtext": flashtext,
}

if __name__ == "__main__":
    main(TOOLS)
