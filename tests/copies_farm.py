"""Farm pages of invented lenders with known stories and templates, and a store to group them in."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import duckdb
from shared_topic import TOPIC

from crawler.page import article_id
from pipeline.copies import SIGNATURE_TABLES, Folds, Means, group, sign_from
from pipeline.copies.ids import Assignments
from pipeline.records import Article, Fingerprint, Mention, Practice
from pipeline.schema import table_name, to_arrow

AT = datetime(2024, 5, 1, tzinfo=UTC)
FOLDS = Folds.of(TOPIC)
SIGN = sign_from(TOPIC)

LENDERS = tuple(
    a + b
    for a in ("星蓝", "麦屿", "鹤汀", "青梧", "云栖谷", "木樨", "砚北", "橙川")
    for b in ("小贷", "金融", "分期", "速借", "钱包")
)
WHO = [
    "借款人",
    "平台",
    "催收人员",
    "金融机构",
    "逾期用户",
    "监管部门",
    "第三方公司",
    "年轻群体",
    "担保方",
    "家庭成员",
    "律师",
    "客服团队",
    "消费者",
    "信贷经理",
    "行业协会",
    "仲裁机构",
]
HOW = [
    "往往",
    "通常",
    "逐步",
    "主动",
    "频繁地",
    "谨慎地",
    "依照约定",
    "在压力之下",
    "通过短信",
    "借助大数据",
    "按照流程",
    "以书面方式",
    "及时",
    "理性地",
    "公开",
    "反复",
]
DOES = [
    "评估",
    "联系",
    "提醒",
    "梳理",
    "核实",
    "调整",
    "规避",
    "承担",
    "披露",
    "协商",
    "延长",
    "审查",
    "记录",
    "分析",
    "控制",
    "化解",
    "追踪",
    "上报",
    "安排",
    "公示",
]
WHAT = [
    "还款计划",
    "征信记录",
    "违约责任",
    "利息成本",
    "个人信息",
    "债务规模",
    "收入状况",
    "合同条款",
    "沟通渠道",
    "风控模型",
    "逾期账单",
    "催收频率",
    "心理压力",
    "法律途径",
    "信用评分",
    "借贷需求",
    "宽限期限",
    "投诉材料",
    "家庭开支",
    "资金流向",
    "担保义务",
    "服务费用",
]
THEN = [
    "以免事态进一步恶化",
    "从而保障各方的合法权益",
    "这一点常常被忽视",
    "由此引发了广泛的讨论",
    "也给日常生活带来困扰",
    "因此需要提前做好准备",
    "这与市场环境的变化密切相关",
    "否则后果难以预料",
    "有助于恢复良好的信用",
    "双方才能达成共识",
    "避免陷入更深的困境",
    "这也是行业发展的必然结果",
    "并保留完整的证据",
    "进而影响后续的贷款申请",
    "值得每个人认真对待",
]
WHEN = [
    "近年来",
    "在实际操作中",
    "当逾期发生后",
    "签订合同之前",
    "面对这种情况",
    "随着市场扩张",
    "从长期来看",
    "在协商阶段",
    "一般情况下",
    "一旦进入诉讼",
    "遇到困难时",
    "在多数案例里",
]
HAN = (
    "案表查产车程处存单调定段额发方费风服负改告个共关管规过行合核户还活货机计际价检建结解金进经居决均"
    "开客款理例利流率买卖明目牌期签前情区权全确认融入社审生时使式收首受属数税算所条通投外完网物务息限"
    "项销信形续选学延业医益因银应用优预员原约责债章账招征证支职制质中种周住注转资字租组"
)
SAME = {
    "往往": "常常",
    "及时": "尽快",
    "评估": "衡量",
    "联系": "接触",
    "提醒": "告知",
    "通常": "一般",
    "规避": "避开",
    "协商": "商量",
    "近年来": "这些年",
    "困扰": "烦恼",
    "广泛的": "普遍的",
    "必然": "自然",
    "因此": "所以",
    "恶化": "加重",
    "困境": "麻烦",
}
LAW = (
    "《民法典》第六百七十五条规定，借款人应当按照约定的期限返还借款。"
    "对借款期限没有约定或者约定不明确的，借款人可以随时返还。贷款人可以催告借款人在合理期限内返还。"
)
PRACTICE_CUE = "打骚扰"


@dataclass(frozen=True)
class Doc:
    """A page and what is true of it; `story` None: no story could be named (stitched)."""

    url: str
    site: str
    title: str
    text: str
    story: str | None = None
    template: str | None = None
    sourced: bool = True
    current: bool = True

    @property
    def article_id(self) -> str:
        return article_id(self.url, hashlib.sha256(self.text.encode()).hexdigest())


def sentence(rng: random.Random, name: str | None = None) -> str:
    who = name or rng.choice(WHO)
    said = f"{who}{rng.choice(HOW)}{rng.choice(DOES)}{rng.choice(WHO)}的{rng.choice(WHAT)}"
    detail = "".join(rng.choices(HAN, k=6))  # no grammar has as many words as a language
    return f"{rng.choice(WHEN)}，{said}，{rng.choice(THEN)}，涉及{detail}。"


def template(seed: int, sections: int = 6, named: float = 0.25) -> list[list[str]]:
    """Sections of sentences, with {P} where the lender stands; the first line of each is its heading."""
    rng = random.Random(f"template {seed}")
    made = [["{P}" + rng.choice(THEN) + "？", sentence(rng, "{P}")]]
    for number in range(1, sections):
        body = [sentence(rng, "{P}" if rng.random() < named else None) for _ in range(rng.randint(4, 8))]
        made.append([f"{number}.1 {rng.choice(WHO)}的{rng.choice(WHAT)}", *body])
    return made


def filled(sections: Sequence[Sequence[str]], name: str) -> str:
    return "\n".join(f"{head}\n{''.join(body)}" for head, *body in sections).replace("{P}", name)


def reworded(text: str, rng: random.Random, share: float) -> str:
    """Synonyms put in, and this share of the sentences' openings dropped."""
    for word, other in SAME.items():
        if rng.random() < share * 4:
            text = text.replace(word, other)
    lines = []
    for line in text.split("\n"):
        kept = [s.split("，", 1)[-1] if rng.random() < share else s for s in line.split("。")]
        lines.append("。".join(kept))
    return "\n".join(lines)


def page(name: str, text: str, site: str, story: str, number: int, template_id: str | None = None) -> Doc:
    url = f"http://{site}/{number}.html"
    return Doc(url, site, f"{name}催收怎么办？", text, story, template_id)


def farm(seed: int, templates: int, lenders: int, copies: int) -> list[Doc]:
    """Templates × lenders stories with up to `copies` copies each, damaged in every way findings name."""
    rng = random.Random(seed)
    docs: list[Doc] = []
    for t in range(templates):
        sections = template(seed * 1000 + t)
        for name in rng.sample(LENDERS, lenders):
            told = varied(sections, rng)
            for _ in range(rng.randint(1, copies)):
                text = reworded(filled(told, name), rng, rng.choice((0, 0.05, 0.1)))
                if rng.random() < 0.15:
                    text = text[: int(len(text) * rng.uniform(0.55, 0.9))]
                site = f"site{rng.randint(1, 8)}.example.com"
                docs.append(page(name, text, site, f"{t}/{name}", len(docs), str(t)))
    for _ in range(len(docs) // 30):
        one, two = rng.sample(docs, 2)
        half = one.text[: len(one.text) // 2] + two.text[len(two.text) // 2 :]
        docs.append(
            Doc(f"http://stitched.example.com/{len(docs)}.html", "stitched.example.com", one.title, half)
        )
    return docs


def varied(sections: Sequence[Sequence[str]], rng: random.Random) -> list[list[str]]:
    """One story's version: reworded, a section dropped or moved, law quoted, a passage of its own."""
    story = [[reworded(s, rng, rng.choice((0.05, 0.1, 0.2))) for s in section] for section in sections]
    if rng.random() < 0.3:
        del story[rng.randrange(1, len(story))]
    if rng.random() < 0.3:
        story.insert(rng.randrange(1, len(story)), story.pop(rng.randrange(1, len(story))))
    if rng.random() < 0.3:
        story.append(["法律规定", LAW])
    if rng.random() < 0.3:
        story.append([sentence(rng), *(sentence(rng) for _ in range(4))])
    return story


def article(doc: Doc) -> Article:
    payload = hashlib.sha256(doc.text.encode()).hexdigest()
    said = hashlib.sha256(f"{doc.title}\n{doc.text}".encode()).hexdigest()
    return Article(
        doc.article_id, doc.url, doc.site, doc.sourced, AT, None, None, doc.title, None, None, "hans",
        doc.text, len(doc.text), said, payload, "f-" + payload[:16], "text", 1.0,
    )  # fmt: skip


def mentions(doc: Doc) -> list[Mention]:
    """Lenders by their names; subject when in the title or twice in the text, as the contract has it."""
    found = []
    for name in LENDERS:
        subject = name in doc.title or doc.text.count(name) > 1
        for field, text in (("title", doc.title), ("text", doc.text)):
            at = text.find(name)
            while at >= 0:
                role: Any = "subject" if subject else "other"
                found.append(
                    Mention(doc.article_id, name, field, at, at + len(name), name, role, "A", "test")  # type: ignore[arg-type]
                )
                at = text.find(name, at + 1)
    return found


def practices(doc: Doc) -> list[Practice]:
    """Every place where the cue stands, in the sentence around it, of the lender in the title."""
    found = []
    at = doc.text.find(PRACTICE_CUE)
    while at >= 0:
        start = max(doc.text.rfind(mark, 0, at) for mark in "。\n") + 1
        end = doc.text.find("。", at) + 1
        name = next((name for name in LENDERS if name in doc.title), None)
        found.append(
            Practice(
                doc.article_id,
                "harassing-calls",
                name,
                "text",
                at,
                at + len(PRACTICE_CUE),
                PRACTICE_CUE,
                start,
                end,
                "alleged",
                "document",
                "test",
                False,
            )
        )
        at = doc.text.find(PRACTICE_CUE, at + 1)
    return found


def store(docs: Iterable[Doc], prints: Iterable[Fingerprint] = ()) -> duckdb.DuckDBPyConnection:
    """What the parts of a build would hold of these pages."""
    docs = list(docs)
    articles = [article(doc) for doc in docs]
    named = [mentions(doc) for doc in docs]
    signed = [row for a, m in zip(articles, named, strict=True) for row in SIGN(a, m, ())]
    connection = duckdb.connect()
    tables: list[tuple[str, type, list[Any]]] = [
        ("part_articles", Article, articles),
        ("part_mentions", Mention, [row for rows in named for row in rows]),
        ("part_practices", Practice, [row for doc in docs for row in practices(doc)]),
        ("part_fingerprints", Fingerprint, list(prints)),
        *(
            (f"part_{table_name(record)}", record, [row for row in signed if isinstance(row, record)])
            for record in SIGNATURE_TABLES
        ),
    ]
    for name, record, rows in tables:
        connection.register("rows", to_arrow(record, rows))
        connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM rows").fetchall()
    versions = [(doc.article_id, doc.current) for doc in docs]
    connection.execute("CREATE TEMP TABLE versions(article_id VARCHAR, is_current BOOLEAN)").fetchall()
    connection.executemany("INSERT INTO versions VALUES (?, ?)", versions) if versions else None
    return connection


@dataclass(frozen=True)
class Grouped:
    """What grouping said: rows by article id, and the tables by name."""

    connection: duckdb.DuckDBPyConnection
    assigned: Assignments

    def table(self, name: str) -> list[dict[str, Any]]:
        return self.connection.sql(f"FROM {name}").to_arrow_table().to_pylist()

    def by_article(self) -> dict[str, dict[str, Any]]:
        return {row["article_id"]: row for row in self.table("article_groups")}

    def story(self, doc: Doc) -> str:
        return str(self.by_article()[doc.article_id]["story_id"])

    def template(self, doc: Doc) -> str | None:
        found: str | None = self.by_article()[doc.article_id]["template_id"]
        return found

    def own(self, doc: Doc) -> list[bool]:
        """Of each of its practices, in the order of the text."""
        held = {(row["article_id"], row["char_start"]): row["own"] for row in self.table("practice_own")}
        starts = sorted(practice.char_start for practice in practices(doc))
        return [held.get((doc.article_id, start), False) for start in starts]


def grouped(
    docs: Iterable[Doc],
    prints: Iterable[Fingerprint] = (),
    held: Any = None,
    snapshot: str = "1",
    means: Means | None = None,
) -> Grouped:
    connection = store(docs, prints)
    return Grouped(connection, group(connection, FOLDS, lambda: held or {}, snapshot, means))


def pair_scores(true: dict[str, str | None], found: dict[str, str | None]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of articles; articles whose truth is None are left out."""
    known = [key for key in sorted(true) if true[key] is not None]
    right = said = held = 0
    for one, two in combinations(known, 2):
        same, told = true[one] == true[two], found[one] is not None and found[one] == found[two]
        right, said, held = right + (same and told), said + told, held + same
    precision, recall = right / max(1, said), right / max(1, held)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def elsewhere(doc: Doc, site: str, text: str | None = None) -> Doc:
    """The same page on another site, its text as given."""
    url = doc.url.replace(doc.site, site)
    return replace(doc, url=url, site=site, text=doc.text if text is None else text)
