"""What may be a person's or a pen name: the shapes of Chinese names, and what is none."""

from __future__ import annotations

import re

# The family names of nearly everybody (the 400 most frequent cover 98 % of the population) and the compound
# ones that are in use. A name that begins otherwise is only believed behind a label.
_SURNAMES = """
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔
    钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊
    葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆
    蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿
    桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈惠常伊冼茹雍璩桑揭阙芮羿储靖印糜松井牧
"""
_COMPOUND = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 宇文 长孙 端木 申屠"
SURNAMES = frozenset("".join(_SURNAMES.split()))
COMPOUND = frozenset(_COMPOUND.split())
HAN = r"[\u3400-\u9fff]"
NAME_SHAPE = re.compile(rf"{HAN}{{2,4}}")
# Words that begin like a name.
_WORDS = """
    " 关注 关闭 关于 高级 安全 安徽 方法 方案 方式 时间 时代 时尚 金额 金融 常见 常用 常识
    程序 成立 成功 应用 应该 应对 任务 包括 包装 马上 平安 平台 平均 江苏 江西 黄金 黄山 白酒
    温馨 温度 全部 全国 全文 全新 司法 司机 车辆 车险 古代 和平 和解 水果 文章 文化 文明 文学
    文件 于是 万元 万一 向上 钱包 计算 计划 计费 项目 连续 顾客 班级 甘肃 宁夏 宁波 左右 石油
    田园 史上 尤其 段落 路线 康复 严重 严格 简单 简介 简历 费用 单位 单身 凌晨 解决 解答 解释
    景点 童年 管理 管家 蓝色 施工 通知 滚动 游客 党建 喻为 牛市 房产 房贷 谢谢 高清 高考 金价
"""
WORDS = frozenset(_WORDS.split())
# What no given name ends in, whatever a page speaks of: of media, offices and places (光明网, 江苏省), of
# money and law (高利贷, 王法), a particle. Common words, so that the list is of Chinese and not of the topic.
NOT_LAST = frozenset("网报社台刊志版部局院省市县区镇村厅司贷款钱呗法")
SEPARATORS = re.compile(r"[\s\u3000、,，;；&＆]+")
LATIN_TWIN = re.compile(r"\s?[(（][A-Za-z][A-Za-z .'’-]{1,30}[)）]")
ADDRESS = re.compile(r"https?:|www\.|//|@|\.(?:com|cn|net|org)\b", re.IGNORECASE)
EDGES = " \u3000:：-—_·*[]【】()（）《》〈〉“”\"'’‘<>〖〗〓☆★◆■□●,，.。、;；|｜"
TOKEN = re.compile(r"[^\s\u3000、,，;；:：|｜/／()（）\[\]【】]+")
CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|[=<>\"]|^(?:星期|周)[一二三四五六日天]$", re.IGNORECASE
)
# What a clause is made of and no name: 作者：认为这件事情还没有完. 的 and 不 stand in pen names: 渡口的风.
CLAUSE_WORDS = re.compile(
    "认为|觉得|以为|没有|还没|不是|不会|不能|可以|可能|应该|应当|已经|如果|因为|所以|但是|而且|就是|还是|这[个件些种样是]|那[个件些种样]"
    "|^(?:对[此于]|关于|由于|为了|按照|根据|据[此说]|不知道?|觉得|在.{1,5}[里中])|得很"
    "|[我他她它你您]们|怎么|如何|什么|为何|[是被把让对]了?[这那他她]|了[一个]|[说指问]道|表示|指出|建议|提醒|介绍"
)
LEAST_CLAUSE = 5  # Han: a shorter name holds such a word by chance
MAX_HAN = 12  # of one name, an office's as well
MAX_NAMES = 6  # of one byline
MAX_NAMES_CHARS = 30


def is_person(said: str) -> bool:
    """A family name and one or two characters more.

    >>> is_person("王建宏"), is_person("欧阳样"), is_person("光明网"), is_person("高利贷"), is_person("林")
    (True, True, False, False, False)
    """
    if not NAME_SHAPE.fullmatch(said) or said[-1] in NOT_LAST or said[:2] in WORDS:
        return False
    return said[:2] in COMPOUND if len(said) == 4 else said[0] in SURNAMES or said[:2] in COMPOUND


def people(said: str) -> bool:
    """Names of persons and nothing else: `宋怡 杨志华`, `赵延东、风笑天`; the first must be one for sure."""
    tokens = [token for token in SEPARATORS.split(said.strip(EDGES)) if token]
    first = bool(tokens) and is_person(tokens[0])
    return first and len(tokens) <= MAX_NAMES and all(NAME_SHAPE.fullmatch(token) for token in tokens)


def first_names(said: str) -> str | None:
    """The name that a labelled value begins with, and the persons named after it.

    >>> first_names("宋怡 杨志华 阅读(3)"), first_names("赵 培：样例学院"), first_names("zboygirl 评论")
    ('宋怡 杨志华', '赵培', 'zboygirl')
    >>> first_names("周样博 (Joel Yang)"), first_names("http://example.com/")
    ('周样博 (Joel Yang)', None)
    """
    said = said.lstrip(EDGES)
    spread = re.match(rf"({HAN})[ \u3000]+({HAN})(?!{HAN})", said)  # set out to three characters' width
    if spread:
        return spread[1] + spread[2]
    end = 0
    for token in TOKEN.finditer(said):
        between = said[end : token.start()]
        if end and (not SEPARATORS.fullmatch(between) or not is_person(token.group())):
            break
        end = token.end()
    twin = LATIN_TWIN.match(said, end) if end else None
    named = said[:end].rstrip(EDGES) + (twin.group() if twin else "")
    return named if _is_believable(said, named) else None


def _is_believable(said: str, named: str) -> bool:
    """An address, an attribute, a weekday and a clause are no names."""
    none = ADDRESS.search(said.split(" ", 1)[0]) or CALENDAR.search(named)
    said_more = CLAUSE_WORDS.search(named) and len(re.findall(HAN, named)) >= LEAST_CLAUSE
    clause = said_more or re.search(rf"{HAN}{{{MAX_HAN + 1}}}", named)
    return not none and not clause and any(char.isalpha() for char in named) and len(named) <= MAX_NAMES_CHARS
