"""Captions, closing words, offers and notices of rights; what only speaks of them stands first and stays."""

from __future__ import annotations

import pytest
from shared_topic import WORDS

from pipeline.lines import classify

TITLE = "样例贷催收又开始怎么办？"
FIRST = "还款日到了，银行卡里却没有足够的钱，这是许多用过样例贷的人都遇到过的事情。"
LAST = "先算清楚自己每个月能拿出多少钱，再去和样例贷的客服商量，把话说在前面总是好的。"
PICTURE = "市民在样例贷的窗口前排队。王样岚 摄"


def reason(line: str, kind: str = "paragraph") -> str | None:
    """In mid-text; the same behind the text."""
    found = {_reason_at(place, line, kind) for place in (1, 4)}
    assert len(found) == 1
    return found.pop()


def _reason_at(place: int, line: str, kind: str) -> str | None:
    lines, kinds = [FIRST, LAST, FIRST, LAST], ["paragraph"] * 4
    lines.insert(place, line)
    kinds.insert(place, kind)
    reasons = classify(lines, kinds, TITLE, WORDS)
    assert [why for at, why in enumerate(reasons) if at != place] == [None] * 4
    return reasons[place]


@pytest.mark.parametrize(
    "line",
    [
        "未经本人同意，平台不得使用通讯录里的号码。",
        "未经许可转载他人的文章属于侵权。",
        "合同写明，未经借款人同意不得把债权转给第三方。",
        "转载请注明出处这六个字，被他写进了每一条短信的末尾。",
        "他在文章末尾要求转载的人注明出处，没有人照做。",
        "原标题党的做法不可取",
        "关注账单",
        "关注自己的征信报告",
        "更多的问题请看第三章",
        "粉丝经济",
        "借款人可以先找律师免费咨询，再决定要不要起诉。",
        "网上的律师团队大多承诺不成功不收费，钱却要先交。",
        "这家机构提供一对一咨询，每小时收费八百元。",
        "对方让她扫描下方的二维码，先交了三千元。",
        "催收员让他添加微信[WECHAT]，说是可以减免利息。",
        "短信里写着点击下方的链接就能减免，她照做了。",
        "以上就是录音的全部内容。",
        "以上是合同第三条的内容。",
        "以上就是协商的三个办法，遇到恐吓请拨打12378投诉。",
        "以上就是关于样例贷的全部内容，如果催收员冒充民警，请保存录音并报案。",
        "希望平台能对借款人有所帮助。",
        "希望对方能给一个书面的答复。",
        "希望大家都能早日上岸。",
        "图1显示，样例贷的利率比同行高出一倍。",
        "图为什么打不开，客服没有说。",
        "这段视频是借款人偷偷拍摄",
        "图一时的方便，往往要付出更大的代价",
        "照片由她的丈夫拍摄",
        "“本文仅供参考”几个字印在最下面，没有人会看。",
        "图片来源于她的手机，她已经删除了原件。",
        "本文由三部分组成，先讲合同，再讲催收。",
        "以上内容中的利率以合同为准，平台有权调整。",
        "温馨提示：还款日之前要核对账单。",
        "提示：借款人应当保留还款的凭证。",
        "注：以上金额不含违约金。",
        "说明：表中的利率为年化利率。",
        "免费咨询",
        "专业律师团",
        "一对一",
        "来源不明的贷款不要碰。",
        "更多借款人请关注自己的征信报告。",
        "更多信息请访问中国人民银行征信中心的网站查询。",
        "谢谢平台的客服，他们后来把利息免了。",
        "以上就是我的经历，希望对后来的人有所提醒。",
        "以上材料的内容都要写清楚",
        "阅读原文之后再签字",
        "他没有阅读原文就签了字。",
        "返回上一步，查看更多选项再决定。",
        "今天的还款就到这里了，剩下的下个月再还。",
        "本文到此并没有结束，后面还有三种情况。",
        "反馈意见可以写信",
        "如果还有其他疑问，可以拨打12378向监管部门咨询。",
        "其他平台的合同也要一条一条地看。",
        "律师表示，协商成功后再收费的承诺往往写不进合同。",
        "专业律师团队一对一免费咨询的广告，多半是骗局。",
        "王女士添加了对方的微信，先后转去八千元。",
        "催收电话里说，点击短信中的链接立即咨询就能减免。",
        "借款人添加下方微信后，被要求先交三千元保证金。",
        "不少平台在首页写着“立即咨询”，点进去却是下载软件。",
        "以上就是平台给出的解释，当事人并不接受。",
        "以上是样例贷逾期后可能面对的三种情况。",
        "希望这次协商能够顺利。",
        "感谢您一直以来的陪伴，这是他写给母亲的话。",
        "本文仅讨论借款合同，不涉及担保。",
        "以上信息由借款人提供，平台没有回应。",
        "内容来自一位借款人的口述，记者核对了他的账单。",
        "来源：样例日报的报道指出，催收电话有八成来自外包公司。",
        "注：本表只列本金。",
        "提示：本平台不收取任何费用。",
        "更多内容请看下一节",
        "如有疑问，可以拨打样例贷的官方客服电话核实。",
        "记者 王样 李样",
        "王样 摄影师",
        "他把照片交给了记者王样",
        "摄于2023年5月的样例贷办公楼",
        "关注样例贷的还款公告",
        "责任编辑提醒借款人核对账单。",
        "编辑部收到的来信里，有三成提到了骚扰电话。",
        "未经授权的扣款可以要求退回。",
        "平台未经借款人同意，不得向第三方转让债权。",
        "打印账单，保留凭证",
        "返回首页后点击还款，查看更多选项。",
        "原标题里的数字有误",
        "在线咨询要收费吗？",
        "免费咨询是真的吗？一对一服务靠谱吗？",
        "律师团队的收费标准",
        "先办理后收费的机构，大多在办理途中加价。",
        "停息挂账、债务优化、债务重组，这三个词常常出现在广告里。",
        "欢迎来电的广告不要信。",
        "您可以先在线咨询，再决定是否协商还款。",
    ],
)
def test_a_line_that_only_speaks_of_such_things_stays(line: str) -> None:
    assert reason(line) is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("样例网（www.example.com）专稿，未经书面授权请勿转载。", "disclaimer"),
        ("本作品为“样例科普”原创，转载时务请注明出处。", "disclaimer"),
        ("未经授权，严禁转载，违者必究。", "disclaimer"),
        ("更多“样例贷怎么协商”的相关资讯请关注www.example.com", "closing"),
        ("分享让更多人看到", "share"),
        ("原标题：样例贷的账单怎么看", "meta"),
        ("加载中", "label"),
        ("时间：2024.05.11 来源：样例日报 作者：林样分享到：", "meta"),
        ("2024-05-13 12:03:10 作者：林样来源：样例网选稿：王样", "meta"),
        ("专业律师团队，一对一免费咨询，协商成功再收费！", "call-to-action"),
        ("专业法务团队，不成功不收费，早日上岸！", "call-to-action"),
        ("正规律师团队，免费评估，协商成功后收费", "call-to-action"),
        ("有债务问题可以添加下方老师微信", "call-to-action"),
        ("负债逾期的朋友请添加文末老师微信", "call-to-action"),
        ("点击“阅读原文”，了解更多", "call-to-action"),
        ("温馨提示：本文内容仅供参考，具体以平台公布为准。", "disclaimer"),
        ("提示：以上信息仅供参考，不构成投资建议。", "disclaimer"),
        ("注：图片来自网络，侵删。", "disclaimer"),
        ("（来源：网络整理，图片来自网络，侵删）", "disclaimer"),
        ("图文来源于网络，如有侵权请联系删除", "disclaimer"),
        ("本文由样例频道整理发布，转载请注明出处。", "disclaimer"),
        ("以上就是关于样例贷逾期的全部内容，希望对大家有所帮助。", "closing"),
        ("以上就是小编为大家整理的样例贷逾期后果，希望能帮到您！", "closing"),
        ("以上便是本文的全部内容，感谢您的阅读。", "closing"),
        ("好了，今天的分享就到这里，我们下期再见！", "closing"),
        ("以上就是样例贷协商的流程介绍，希望对您有所帮助。", "closing"),
        ("希望以上内容对大家有所帮助。", "closing"),
        ("感谢大家的耐心阅读！", "closing"),
        ("想了解更多还款知识，请关注本站。", "closing"),
        ("如果还有其他疑问，欢迎在评论区留言。", "closing"),
        ("阅读原文", "label"),
        ("原文链接：http://www.example.com/a/20240512/1234567.html", "meta"),
        ("返回样例网，查看更多", "meta"),
        ("举报/反馈", "share"),
        ("图1：样例贷的还款页面", "caption"),
        ("图：小区门口的通知栏", "caption"),
        ("上图：样例贷的客服窗口", "caption"),
        ("▲样例贷的客服窗口", "caption"),
        ("市民在窗口前排队咨询。王样岚 摄", "caption"),
        ("窗口前的队伍 本报记者 林样 摄", "caption"),
        ("样例贷的办公楼（资料图）", "caption"),
        ("借款人展示账单。受访者供图", "caption"),
        ("债务缠身？专业团队一对一为您制定协商方案！", "call-to-action"),
        ("免费债务咨询，专业律师在线解答", "call-to-action"),
        ("加老师微信，免费获取协商话术", "call-to-action"),
        ("逾期负债找我们，成功后再收费", "call-to-action"),
        ("打开APP阅读更多精彩内容", "call-to-action"),
        ("图片源自网络，侵删", "disclaimer"),
        ("（本文图片均来自网络，如有侵权请告知删除）", "disclaimer"),
        ("声明：该文观点仅代表作者本人", "disclaimer"),
        ("未经授权，禁止复制、镜像本站内容。", "disclaimer"),
        ("关于样例贷逾期的问题，今天就介绍到这里，希望对你有帮助。", "closing"),
        ("文章到此结束，希望可以帮助到大家。", "closing"),
        ("欢迎大家在评论区留言讨论", "closing"),
        ("图2 样例贷的合同首页", "caption"),
        ("样例贷公司的门口。图/受访者提供", "caption"),
        ("本文标签：样例贷 逾期", "related"),
        ("查看更多", "label"),
    ],
)
def test_a_line_set_about_a_text_by_formula_goes(line: str, why: str) -> None:
    assert reason(line) == why


@pytest.mark.parametrize("kind", ["heading", "list-item", "table-row"])
def test_a_heading_an_entry_or_a_row_of_data_is_no_caption(kind: str) -> None:
    assert reason("图1：样例贷的还款页面", kind) is None


def test_what_the_markup_calls_a_caption_goes_whatever_it_says() -> None:
    assert reason("窗口前的队伍", "caption") == "caption"


def test_in_a_report_of_pictures_their_captions_are_the_text() -> None:
    lines, kinds = (FIRST, PICTURE, PICTURE), ("paragraph", "caption", "caption")
    assert classify(lines, kinds, TITLE, WORDS) == (None, None, None)
    longer = ((FIRST, LAST, FIRST, LAST, PICTURE), ("paragraph",) * 4 + ("caption",))
    assert classify(*longer, TITLE, WORDS) == (None, None, None, None, "caption")
