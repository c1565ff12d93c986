"""Words that stand where platforms are named and are in no gazetteer: what a person may look at, no mention.

云朵借逾期 … 云朵借的客服 … 在云朵借平台: the same word where names begin (at a clause's start, or
behind what `before` lists: 在, 欠, 联系), with something else behind it each time. Of what could be taken
the most frequent is: of 在云朵借 and 云朵借 the one that stands behind other words, too, of 云朵借 and
云朵借客 the one that others follow. No first character is refused: 及贷 is a name. What only stands where
names do, often or in a list, is kept as well: where a page of other words has it, too, the report shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pipeline.findings.admission import Document
from pipeline.findings.alike import INSIDE, LEAST_HITS, LIST_MARK, SHORTEST
from pipeline.findings.cues import Unknown
from pipeline.findings.framed import Framed, is_no_phrase
from pipeline.findings.gazetteer import Alias
from pipeline.findings.matching import Words, places
from pipeline.findings.once import Once
from pipeline.findings.runs import Places, Scene, repeated
from pipeline.findings.tokens import ordinary_words
from pipeline.records import Article, NameHint

MAX_HINTS = 8  # of one article: more is a list of names, or an attack
MAX_CHAINED = 3  # names of a list that are known by one that stands so far away
MAX_UNSURE = 8  # that another page must confirm
SHORTEST_UNSURE = 3  # 老哥, 催停: what the dictionary lacks of two characters is mostly slang
MAX_WEIGHED = 200  # words of one article that are compared with each other
LEAST_CUES = 2  # different ones, behind a name that does not end as names do
GRAMMAR = frozenset("不没说谁什哪几很太更最该能会要让把将向与和或对")  # no character of such a name either
LEAST_SHARING = {1: 3, 2: 1}  # times `shared_ending`: one character says less than two (贷, 分期)


@dataclass(frozen=True)
class Strangers:
    """Finds the hints of one article."""

    words: Unknown
    aliases: tuple[Alias, ...]
    loan_words: tuple[str, ...]

    @cached_property
    def cues(self) -> Words:
        return Words(self.words.cues)

    @cached_property
    def before(self) -> Words:
        return Words(self.words.before)

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """What so many names of the gazetteer end in."""
        long = [alias.text for alias in self.aliases if len(alias.text) > SHORTEST]
        held = Counter(text[-length:] for text in long for length in LEAST_SHARING)
        least = self.words.shared_ending
        return tuple(end for end, names in held.items() if names >= least * LEAST_SHARING[len(end)])

    @cached_property
    def long_endings(self) -> tuple[str, ...]:
        return tuple(end for end in self.endings if len(end) > 1)

    @cached_property
    def heard(self) -> tuple[str, ...]:
        """What a title has where names are sought although the text is not of the topic."""
        return (*self.long_endings, *self.loan_words)

    @cached_property
    def once(self) -> Once:
        return Once(self.words.kinds, self.words.ends, self.words.before, GRAMMAR | INSIDE)

    @cached_property
    def framed(self) -> Framed:
        return Framed(self.words.frames, GRAMMAR)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset({*self.words.ordinary, *self.loan_words, *(alias.text for alias in self.aliases)})

    def __call__(self, article: Article, scene: Scene) -> Iterator[NameHint]:
        """The best first; nothing that overlaps a mention."""
        if not scene.document.on_topic and not any(word in article.title for word in self.heard):
            return
        held, chosen = self._found(article.title, scene)
        is_anothers = self._of_others(article)
        chosen = [word for word in chosen if not is_anothers(word)]
        for word in chosen[:MAX_HINTS]:
            yield self._hint(article, word, held[word])
        for word in self._unsure(held, chosen, is_anothers) if scene.document.on_topic else ():
            yield self._hint(article, word, held[word], sure=False)

    def _found(self, title: str, scene: Scene) -> tuple[dict[str, Places], list[str]]:
        """All that may be names, and what is chosen of it."""
        held = repeated(scene, self.before)
        chosen = self._chosen(held, title, scene.document)
        if scene.document.on_topic:
            for found in (self.framed(scene, self._is_new), self.once(scene)):
                held |= {word: places for word, places in found.items() if word not in chosen}
                chosen += [word for word in found if self._is_new(word) and not _overlaps(word, chosen)]
        chosen += self._beside(chosen, held, scene) if scene.document.is_sure else ()
        return held, chosen

    def _unsure(
        self, held: Iterable[str], chosen: Sequence[str], is_anothers: Callable[[str], bool]
    ) -> list[str]:
        """What another page must confirm."""
        left = (word for word in held if not _overlaps(word, chosen) and self._may_be_confirmed(word))
        unsure = (word for word in left if not is_anothers(word))
        return _longest(islice(unsure, MAX_WEIGHED))[:MAX_UNSURE]

    def _hint(self, article: Article, word: str, places: Places, *, sure: bool = True) -> NameHint:
        return NameHint(
            article.article_id, *places.place, word, places.hits, len(places.cues), word in article.title,
            word.endswith(self.endings), sure,
        )  # fmt: skip

    def _beside(self, chosen: Sequence[str], held: Mapping[str, Places], scene: Scene) -> list[str]:
        """Alone in a list, next to a name or to what stands next to one: 融逸花 of 拍拍贷、融逸花。"""
        listed = [word for word in held if held[word].listed and self._may_be_confirmed(word)]
        beside: list[str] = []
        for _ in range(MAX_CHAINED):
            known = (*chosen, *beside)
            beside += [
                word
                for word in listed
                if not _overlaps(word, known)
                and any(_is_next(word, met.text, known, scene.taken[met.field]) for met in scene.met)
            ]
        return beside

    def _of_others(self, article: Article) -> Callable[[str], bool]:
        """Whether the page says of a word that it is no lender: 安信征信公司."""
        said = article.title + "\n" + article.text
        others = [other for other in self.words.others if other in said]  # on most pages none
        return lambda word: any(word + other in said for other in others)

    def _may_be_confirmed(self, word: str) -> bool:
        """No word of the dictionary, nothing that is made of them alone, and no word of grammar in it."""
        long = len(word) >= SHORTEST_UNSURE
        return long and GRAMMAR.isdisjoint(word) and self._is_new(word) and is_no_phrase(word)

    def _chosen(self, held: dict[str, Places], title: str, document: Document) -> list[str]:
        """Nothing inside another, and nothing inside what is no name: 卡分期 of 信用卡分期."""
        words = [word for word, places in held.items() if places.is_whole]
        words.sort(key=lambda word: (-held[word].hits, -len(word), word))
        chosen: list[str] = []
        met = ""  # line by line: one search in all is quicker than one in each
        for word in words[:MAX_WEIGHED]:
            if word not in met and not any(name in word for name in chosen):
                met += "\n" + word
                if self._is_told(word, held[word], title, document) and self._may_be(word, title):
                    chosen.append(word)
        listed = [word for word, places in held.items() if places.listed and self._is_in_list(word)]
        lists_names = len(listed) + len(chosen) > 1  # rather than one name among other things
        if document.is_sure and lists_names:
            chosen += [word for word in listed if not _overlaps(word, chosen)]
        return chosen

    def _is_in_list(self, word: str) -> bool:
        """Once is enough for what stands alone in a list, ends as names do and holds no ordinary word."""
        shaped = len(word) > SHORTEST and word.endswith(self.endings) and GRAMMAR.isdisjoint(word)
        return shaped and not any(loan in word for loan in self.loan_words) and self._may_be(word, "")

    def _is_told(self, word: str, places: Places, title: str, document: Document) -> bool:
        """By the end of a name with a cue or the title; without such an end by the title and several cues.

        The latter only in a document that leaves no doubt, and with no word of grammar in it: 淘宝的客服
        stands in other news, 打不开 in titles of this topic. Where loan words are few nothing but the title,
        the end and a cue together is enough, or a title that puts a loan word behind it: 【嗨付还款】.
        """
        titled, shaped, cued = word in title, word.endswith(self.endings), bool(places.cues)
        if titled and cued and GRAMMAR.isdisjoint(word) and self._is_headed(word, places, title, document):
            return True
        if not document.on_topic:
            return titled and cued and word.endswith(self.long_endings)
        if shaped and titled:
            return True
        if not GRAMMAR.isdisjoint(word):
            return False
        if shaped:
            return cued
        strong = sum(cue < len(self.words.cues) for cue in places.cues)
        opens = _opens(word, title) and places.hits > LEAST_HITS and strong > 0
        return opens or (document.is_sure and titled and strong >= LEAST_CUES)

    def _is_headed(self, word: str, places: Places, title: str, document: Document) -> bool:
        """Whether it stands in the title where names do, and a cue behind it: 云朵强制上岸靠谱吗.

        Off the topic a loan word, and the text speaks of it as well.
        """
        at = title.find(word)
        behind = title[at + len(word) :].removeprefix("的")
        begins = at == 0 or not title[at - 1].isalnum() or title.endswith(self.words.before, 0, at)
        lends = behind.startswith(self.loan_words) and places.hits > LEAST_HITS
        return begins and (lends or (document.on_topic and behind.startswith(self.words.cues)))

    def _is_new(self, word: str) -> bool:
        known = word in self.known or word.isdigit() or word.endswith(self.words.not_at_end)
        return not known and not self.cues(word)

    def _may_be(self, word: str, title: str) -> bool:
        """Ordinary words, numbers and what is known already are no hints.

        Of ordinary words a name may still be made (时光分期) if it ends as names do, the title has it, and
        some word of it is none of the topic's own: 信用卡分期 is no name.
        """
        if not self._is_new(word):
            return False
        words = ordinary_words(word)
        made = word.endswith(self.endings) and word in title and not self.known.issuperset(words)
        return not words or (made and len(words) > 1)


def _opens(word: str, title: str) -> bool:
    """Whether a clause of the title begins with it: 读者来信：样样在线扣了我会员费; no work's own title."""
    at = title.find(word)
    return at == 0 or (at > 0 and not title[at - 1].isalnum() and title[at - 1] != "《")


def _is_next(word: str, text: str, names: tuple[str, ...], taken: Set[int]) -> bool:
    """Whether a mark of a list, and nothing else, stands between it and a name."""
    for start in places(word, text):
        end = start + len(word)
        left = text[start - 1 : start] == LIST_MARK and (
            start - 2 in taken or text.endswith(names, 0, start - 1)
        )
        right = text.startswith(LIST_MARK, end) and (end + 1 in taken or text.startswith(names, end + 1))
        closed = not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
        if closed and (left or right):
            return True
    return False


def _longest(words: Iterable[str]) -> list[str]:
    """Without those that stand inside another."""
    held = list(words)
    return [word for word in held if not any(word in other for other in held if word != other)]


def _overlaps(word: str, names: Iterable[str]) -> bool:
    return any(name in word or word in name for name in names)
