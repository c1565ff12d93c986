"""Sentences of everyday life, put together by numbers: enough that no two pages say the same."""

from __future__ import annotations

from yuqi.samples.dice import Key, pick, roll

_WORDS = {
    "who": "邻居 老师傅 店主 同学 教练 司机 医生 园丁 摄影师 厨师 图书管理员 修表匠 船工 护林员 木匠",
    "when": "清早 傍晚 周末 入秋以后 下雨那天 搬家之前 去年冬天 放假头一天 午饭过后 集市散了以后",
    "where": "河边 院子里 旧车站旁 山脚下 图书馆二楼 菜市场口 码头上 教室后排 阳台上 工具间里",
    "did": "收拾 修补 比较 拍下 记录 挑选 试用 打听 晾晒 描画 测量 翻看",
    "what": "一只旧木箱 几盆薄荷 那台缝纫机 手绘的地图 半袋面粉 自行车的链条 祖父的相册 松动的窗 新到的茶叶",
    "so": "总算放下心来 才知道并不费事 又添了两样东西 花的时间比想的少 跟大家说了半天 决定来年再试",
    "note": "颜色要趁湿看 尺寸先量两遍 别急着上油 火不要开得太大 多留一截余量 旧的先别扔 雨后再动手最稳",
}
WORDS = {name: words.split() for name, words in _WORDS.items()}
FORMS = (
    "{when}，{who}在{where}{did}{what}，{so}。",
    "{who}说，{note}，{did}{what}的时候尤其如此。",
    "要是{when}才{did}{what}，{note}；{who}当时{so}。",
    "{where}的{who}也{did}过{what}，后来{so}，还提醒一句：{note}。",
)


def sentence(*key: Key) -> str:
    return pick(FORMS, *key, "form").format(**_chosen(*key))


def paragraph(sentences: int, *key: Key) -> str:
    return "".join(sentence(*key, n) for n in range(sentences))


def title(*key: Key) -> str:
    return "{when}{did}{what}的".format(**_chosen(*key)) + f"{2 + roll(*key) % 7}个办法"


def _chosen(*key: Key) -> dict[str, str]:
    return {name: pick(words, *key, name) for name, words in WORDS.items()}
