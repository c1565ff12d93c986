"""Sentences, templates and rewording of invented lenders' farms; not a test itself."""

from __future__ import annotations

import random
from collections.abc import Sequence

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
