"""Sentences for invented farms: real words by their real frequency, in a small grammar of this topic.

A sentence is a list of words, so that it can be reworded word by word. `{P}` stands for a lender, `{N}` for a
number, `{C}` for a city.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba

Words = list[str]

WHO = (
    "借款人 平台 催收人员 金融机构 逾期用户 监管部门 第三方公司 担保方 家庭成员 律师 客服 消费者 信贷经理"
).split()
WHAT = (
    "还款计划 征信记录 违约责任 利息成本 个人信息 债务规模 收入状况 合同条款 沟通渠道 风控模型 "
    "逾期账单 催收频率 "
    "心理压力 法律途径 信用评分 借贷需求 宽限期限 投诉材料 催收问题 电话录音 服务费用"
).split()
WHEN = (
    "近年来 实际操作中 逾期发生后 签订合同之前 面对这种情况 从长期来看 协商阶段 一般情况下 遇到困难时".split()
)
JOINS = "因此 但是 同时 而且 于是 不过 并且 从而".split()
CUES = ("打骚扰电话", "爆通讯录", "威胁上门", "冒充律师", "群发催款短信", "联系单位领导")
RELATIVES = "父母 妻子 同事 姐姐 房东 主管 邻居 表哥 大学同学 公司前台 舅舅 导师".split()
COMMON = {"n": 1600, "v": 1100, "a": 450, "d": 160}  # words of each kind, the most frequent
TOPIC_SHARE = 0.4  # of subjects and objects: farms use few words often
SYNONYMS = 3


@dataclass(frozen=True)
class Lexicon:
    """Two-character words by kind with their weights, and what each may be replaced by."""

    words: dict[str, tuple[str, ...]]
    weights: dict[str, tuple[float, ...]]
    others: dict[str, tuple[str, ...]]


def lexicon() -> Lexicon:
    """From jieba's dictionary; synonyms are drawn once, so that two spinners choose alike."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split(" ")
        if kind in COMMON and len(word) == 2:
            found[kind].append((int(count), word))
    rng = random.Random("synonyms")
    words, weights, others = {}, {}, {}
    for kind, size in COMMON.items():
        chosen = sorted(found[kind], reverse=True)[:size]
        words[kind] = tuple(word for _, word in chosen)
        weights[kind] = tuple(count**0.7 for count, _ in chosen)
        for word in words[kind]:
            others[word] = tuple(rng.choices(words[kind], k=SYNONYMS))
    for held in (WHO, WHAT, WHEN, JOINS):
        others.update({word: tuple(rng.sample(held, SYNONYMS)) for word in held})
    return Lexicon(words, weights, others)


@dataclass(frozen=True)
class Writer:
    """Draws sentences."""

    lexicon: Lexicon
    rng: random.Random

    def word(self, kind: str) -> str:
        return self.rng.choices(self.lexicon.words[kind], self.lexicon.weights[kind])[0]

    def thing(self) -> str:
        return self.rng.choice(WHAT) if self.rng.random() < TOPIC_SHARE else self.word("n")

    def person(self) -> str:
        return self.rng.choice(WHO) if self.rng.random() < TOPIC_SHARE else self.word("n")

    def clause(self, name: str | None = None) -> Words:
        who, word = name or self.person(), self.word
        return self.rng.choice(
            [
                lambda: [who, word("d"), word("v"), word("a"), "的", self.thing()],
                lambda: [who, "的", self.thing(), word("d"), word("v"), word("n")],
                lambda: ["对", who, "的", self.thing(), word("v"), word("a")],
                lambda: [who, word("v"), word("n"), "与", word("n"), "之间", "的", self.thing()],
                lambda: ["如果", who, word("d"), word("v"), word("n"), "就", word("v"), self.thing()],
                lambda: [who, word("v"), "{N}", "天", "的", word("n"), word("v"), word("n")],
            ]
        )()

    def sentence(self, name: str | None = None) -> Words:
        """Two or three clauses, some 30 characters."""
        said = [self.rng.choice(WHEN), "，"] if self.rng.random() < 0.3 else []
        said += self.clause(name)
        for _ in range(self.rng.randint(1, 2)):
            said += ["，"] + ([self.rng.choice(JOINS)] if self.rng.random() < 0.4 else []) + self.clause()
        return [*said, "。"]

    def heading(self, number: str) -> Words:
        name = ["{P}"] if self.rng.random() < 0.3 else []
        return [number, *name, self.thing(), "的", self.word("a"), self.word("n")]

    def templated_allegation(self) -> Words:
        """What a template says of every lender that it is filled with."""
        head = self.rng.choice(
            (["多名", "借款人", "反映", "，"], ["有", "用户", "投诉", "，"], ["据", "了解", "，"])
        )
        return [*head, "{P}", "的", "催收人员", *self._deed(), *self.clause(), "。"]

    def own_allegation(self, name: str) -> Words:
        """What somebody tells of one lender."""
        when = self.rng.choice(("上周三", "今年春节", "前天晚上", "五月中旬", "国庆期间", "昨天中午"))
        who = ["自称", "姓" + self.rng.choice("王李张刘陈杨赵黄周吴"), "的", self.word("n")]
        named = [name, "的", "人"] if self.rng.random() < 0.5 else ["他们"]
        return [
            when,
            *who,
            "说",
            self.word("n"),
            self.word("v"),
            "，",
            *named,
            *self._deed(),
            *self.clause(),
            "。",
        ]

    def _deed(self) -> Words:
        cue, whom = self.rng.choice(CUES), self.rng.choice(RELATIVES)
        return [
            self.word("d"),
            "向",
            whom,
            "和",
            self.rng.choice(RELATIVES),
            cue,
            "，",
            self.word("v"),
            self.word("n"),
            "，",
        ]

    def reworded(self, said: Sequence[str], share: float) -> Words:
        """This share of the words replaced (mostly by what others choose too), left out or put in."""
        out: Words = []
        for word in said:
            known = self.lexicon.others.get(word)
            if known is None or self.rng.random() >= share:
                out.append(word)
                continue
            fate = self.rng.random()
            if fate < 0.8:
                out.append(self.rng.choice(known))
            elif fate < 0.9:
                out += [word, self.word("d")]
        return out
