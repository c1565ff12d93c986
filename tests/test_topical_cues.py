"""Cues made of classes of words, and those that count only where somebody lends."""

from __future__ import annotations

import pytest

from crawler.definitions import DefinitionError
from pipeline.findings import Find
from pipeline.findings.people import people
from pipeline.findings.practices import LEARNT
from pipeline.findings.spans import spans
from pipeline.records import Mention, Practice
from pipeline.topic import Topic
from yuqi.evaluating.asserted import page, sample_find

FIND = sample_find()
TITLE = "骆驼样金逾期"


OWN_MONEY = [  # what people do with theirs, in the words of practices
    "逾期后要主动向家人说明情况，争取支持。",
    "把工资卡里的钱转走，另开一张卡还款。",
    "申请通过后，三万元当天到账，额度另算。",
    "可以多次拨打平台客服电话协商还款。",
    "收到验证码短信时不要告诉别人，以免欠款。",
    "请到单位开一张收入证明，再去银行申请延期还款。",
    "高速上抛锚，拖车救援也可以分期，用信用卡还款。",
    "凌晨系统维护，还款可能延迟入账，不算逾期。",
    "门口贴着银行的招聘公告，信贷岗位要三个人。",
    "他去老家找亲戚借钱还款，算是还清了欠款。",
    "小区楼下有一家银行可以办理贷款和还款。",
    "师傅上门安装宽带，花呗付款，月底还款。",
    "老板让我去银行办一笔经营贷款。",
    "单位给员工开了收入证明，方便申请房贷贷款。",
    "同事借给我五千块，我下个月还款。",
    "孩子的班主任发信息提醒家长缴费，可以用信用卡分期。",
    "我把车开到修理厂，用信用卡分期付款。",
    "家里搬了新冰箱，用消费贷款买的，分十二期还款。",
    "朋友来问我，哪家银行的贷款利息低。",
    "我整天打游戏，忘了信用卡还款日。",
    "他连续三个月按时还款，额度提高了。",
    "借款一万元，分十二期还款，每期八百五十元。",
    "贷款三万元当天到账，年利率4.2%。",
    "信用卡积分可以换购物卡，年费可以减免。",
    "银行推出贷款新产品，年化利率低至3.1%。",
    "协商一致后，双方签了还款协议。",
    "银行同意延期还款，客服态度很好。",
    "拿着身份证去银行柜台办理贷款结清。",
    "通讯录里存着信贷经理的电话，需要贷款时可以联系。",
    "晚上十点银行系统维护，暂停还款入账。",
    "周末银行不办理贷款业务，还款可以用手机银行。",
    "法院公布了一起借款纠纷的典型案例，借贷双方达成和解。",
    "律师给我们讲了借款合同应注意的问题，包括利息约定。",
    "消协提醒借款人看清贷款合同里的条款。",
    "他自称借款都还清了，心情很好，可以再申请贷款。",
    "公积金账户余额可以用来还贷款。",
    "工资到账后先还信用卡，剩下的存起来，避免逾期。",
    "我自己把自动还款关掉了，改成手动还款。",
    "该行不良贷款余额下降，拨备覆盖率上升，信贷投放增加。",
    "小贷公司发布公告，调整贷款审批流程和还款方式。",
    "消费金融公司与电商平台合作推出分期贷款服务。",
    "这部电影讲的是一个负债青年努力还款的故事，催人泪下。",
    "老人去世后，子女整理遗物，发现一张早年的借款借据。",
    "他换了门锁，又买了保险柜，把贷款合同锁在里面。",
    "骑手把摩托车停在银行门口，进去还贷款。",
    "微信里收到银行发来的还款成功提示，这笔贷款结清了。",
    "教育部门严禁校园贷款进校园，辅导员开班会宣讲借贷风险。",
    "邻居问我在哪家银行贷款买的房，利息多少。",
    "村委会通知大家来登记助农贷款，还款期三年。",
]


def practices(text: str, title: str = TITLE) -> set[str]:
    """By cues, whatever the model finds as well."""
    found = FIND(page(title, text), (), ())
    return {p.practice_id for p in found if isinstance(p, Practice) and not p.rule.endswith(LEARNT)}


def states(text: str) -> list[str]:
    found = FIND(page(TITLE, text), (), ())
    return [p.assertion for p in found if isinstance(p, Practice) and p.field == "text"]


@pytest.mark.parametrize(
    ("practice", "text"),
    [
        ("contact-third", "催收的人把电话拨到了我姑妈的手机上。"),
        ("contact-third", "连她未婚夫都收到了好几条催款彩信。"),
        ("contact-third", "他们逼着老两口的女婿代还欠款。"),
        ("contact-third", "村支书接到催收电话后在村里到处问。"),
        ("workplace", "催收员把电话打进了她们科室。"),
        ("workplace", "他们跑到我上班的地方要钱。"),
        ("workplace", "催收拨了我们值班室的座机电话。"),
        ("visit", "三个陌生男人闯进了老人的出租屋，说欠款不能再拖。"),
        ("visit", "催债的堵在楼下骂了一上午。"),
        ("visit", "回家时发现门缝里塞着一张催款单。"),
        ("visit", "会通过电话、短信或上门的方式催收。"),
        ("odd-hours", "睡觉时间还接到催收电话。"),
        ("odd-hours", "凌晨四点，手机突然响了，又是催债的。"),
        ("phone", "深夜和清晨接到了催收电话。"),
        ("repossess", "贷款公司把我那台货车从停车场弄走了。"),
        ("repossess", "他们把店里的货物搬走抵欠款。"),
        ("auto-debit", "刚发的工资一秒就被平台扣光。"),
        ("hidden-fees", "借款六千，实际到账4200。"),
        ("phone-harass", "座机一直响，催收没停过。"),
        ("disclose", "催收说要把我的身份信息公布出去。"),
        ("contacts-blast", "催收照着通讯录一个个骚扰过去。"),
        ("sms", "他往我邮箱里塞了三封催账的信，口气很硬。"),
        ("phone", "夜班的时候接起电话，那头让她当天把欠款还清。"),
        ("phone-harass", "换了七八个号码轮着打，拉黑一个又来一个。"),
        ("odd-hours", "都夜里十一点半了，他们还来敲门要账。"),
        ("visit", "两个人守在我家单元门口，说是来收账的。"),
        ("workplace", "他们把我欠款的事捅到了车间主任那儿。"),
        ("repossess", "趁他睡觉，车贷公司派人把车开走藏了起来。"),
        ("contact-third", "她闺蜜打来问，怎么有人让她转告还钱。"),
        ("contacts-blast", "手机里存的人一个没落下，全被打了一遍。"),
        ("disclose", "他们拉了个群，把我的欠条发到亲戚中间。"),
        ("threat", "对方说他知道我孩子在哪所小学上学。"),
        ("violence", "三个男人把他推倒在地，还抢了手机。"),
        ("impersonate", "一个自称经侦大队的人加她微信，催她还款。"),
        ("fake-docs", "法院说那份裁定书不是他们发的。"),
        ("crime-claim", "对方说材料已递交经侦，等着被刑拘。"),
        ("lawyer-letter", "门缝里塞着律所的催告信，限七日还清。"),
        ("lawsuit", "那家公司已经把我告到外地法院。"),
        ("enforcement", "我名下的工资卡被法院锁了。"),
        ("credit", "银行说我征信上有一笔逾期，房贷批不下来。"),
        ("penalty", "晚还两小时，就罚了我三十块。"),
        ("hidden-fees", "先买月卡才给放款，还默认勾上了保险。"),
        ("high-rate", "借五千，三个月要还八千，利息高得离谱。"),
        ("auto-debit", "工资刚到账就没了，平台划了个精光。"),
        ("outsource", "我这笔账倒了三手，现在催的是一家信息咨询公司。"),
        ("no-negotiate", "申请延期，客服一口回绝，少一分都不行。"),
        ("wrong-person", "新办的卡，天天有人打来找前任机主要债。"),
    ],
)
def test_a_practice_is_found_by_what_is_done_to_whom(practice: str, text: str) -> None:
    assert practice in practices(f"我欠了网贷。{text}")


@pytest.mark.parametrize("text", OWN_MONEY)
def test_what_people_do_with_their_money_is_no_practice_of_those_who_collect(text: str) -> None:
    assert not practices(text)


def test_the_model_takes_at_most_one_in_eight_of_these_for_a_practice_and_none_for_an_allegation() -> None:
    """They are harder than most: each has loan words, and of nearly each practice a word."""
    taken = [said for text in OWN_MONEY if (said := states(text))]
    assert len(taken) <= len(OWN_MONEY) / 8
    assert "alleged" not in {state for said in taken for state in said}


def test_everyday_words_count_only_where_somebody_lends() -> None:
    told = "昨晚有人把消息传到了我父亲那里，还在门口贴了一张纸条。"
    assert not practices(told, "邻里之间")
    assert {"contact-third", "visit"} <= practices(f"贷款逾期了，催收不断。{told}", "邻里之间")


def test_a_class_that_stands_nowhere_is_named() -> None:
    tables = {**FIND.topic.tables}
    rows = [
        {**row, "cues": ["致电<kith>"]} if row["id"] == "visit" else row
        for row in tables["taxonomy"]["practice"]
    ]
    with pytest.raises(DefinitionError, match="no class `kith`"):
        Find(Topic("overdue", {**tables, "taxonomy": {**tables["taxonomy"], "practice": rows}}))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("宋樾借了两万。宋樾接到电话。宋樾说不清。", ("宋樾",)),
        ("曹青樾开店。曹青樾在家。曹青樾报了警。", ("曹青樾",)),
        ("宋樾律师说。宋樾认为违法。宋樾建议报警。", ()),
        ("许多人借款。许多平台逾期。许多电话打来。", ()),
        ("宋樾借了两万。后来他走了。", ()),
    ],
)
def test_a_name_that_opens_clauses_again_and_again_is_somebody(text: str, named: tuple[str, ...]) -> None:
    assert people(text, FIND.judge.words, spans(list[Mention](), "text")) == named


@pytest.mark.parametrize(
    "text",
    [
        "经初查发现，骆驼样金委托的催收公司冒充民警恐吓借款人，涉嫌寻衅滋事。",
        "例如某网贷公司委托催收人员威胁债务人的亲属，最终被以催收非法债务罪判刑。",
        "记者发现，骆驼样金的催收员仍在辱骂借款人。",
        "央视晚会曝光了骆驼样金的暴力催收。",
        "投诉比较集中的问题包括暴力催收。",
    ],
)
def test_what_was_looked_into_is_reported_although_it_is_a_crime(text: str) -> None:
    assert set(states(text)) == {"alleged"}


@pytest.mark.parametrize(
    "text",
    [
        "我逾期了。有些催收公司会伪造律师函寄到村里。",
        "我在网上看了很多。部分平台给借款人的亲友群发短信。",
        "逾期2个月，客服每天打电话催收；",
        "套路贷是指那些以暴力催收为手段的贷款。",
    ],
)
def test_of_some_lenders_of_a_timetable_and_of_a_kind_of_loan_nothing_is_reported(text: str) -> None:
    assert "alleged" not in states(text)
