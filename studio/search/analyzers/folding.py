"""Writing differences that do not matter to a searching reader: case, vowel marks, hamza, diacritics, Han variants."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)
"""Combining marks that a word may carry and a reader may leave out, as the inside of a character class."""

OTHER_MARKS: Final = (
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Marks that belong to a word and are not dropped."""

SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
IGNORED: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\u0640"
"""Soft hyphens, joiners, direction controls and the tatweel: inside a word they are not part of it."""

_MARK = re.compile(f"[{MARKS}]")
_IGNORED = re.compile(f"[{IGNORED}{SELECTORS}]")
HAMZA = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي", "ء")
_TURKIC = str.maketrans({"İ": "i", "I": "ı"})
_KEPT = str.maketrans({"й": "\ue000", "ї": "\ue001"})
_KEPT_BACK = str.maketrans({"\ue000": "й", "\ue001": "ї"})
LETTERS = str.maketrans({"ł": "l", "ı": "i", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ə": "e", "ß": "ss", "ð": "d"})

# Traditional forms and the simplified ones beside them, of characters that guides of this kind are full of.
_TRADITIONAL = (
    "個們來倆偽側偵傳傷備傾僅價儀優兩冊凍別刪創劃劇劑勁動務勝勞勢勵勸區協單參雙發變吳員問啟單喪嗎嘗嘆噴嚇嚴囑團園圍圖"
    "國圓執報場塊壓壞壯壽夢夠夾奪奮婦媽嬰孫學寧實寫寬寶將專尋對導屬歲島師帳帶幫幹幾庫應廢廣廳強彈當徑從復徵徹恆惡惱愛"
    "態慣慮慶憂憑憤懷懼戀戰戲戶護報擁擇擔據擴擺攝攜敗敘敵數斷時晉暫曉書會東條極構標樣樹機權欄歡歷歸殘殺殼氣決沒況淚淨"
    "測準溝溫滅滿漢潔濟濕災為無煩熱營爾牆狀獎獨獲獻現環產療瘋發痺盡監盤確禮種稱穩窮競筆節範築簡簽糧紀約紅純紙級紛結細"
    "終組絕統經維網緊線練編緩緣縣縫縮總績織繼續羅義習聖聞聯聰聲職聽肅脫腦腫臉臨舉舊與艱藝藥蘇處虛號術衛裝補製複襯規視"
    "親覺覽觀計訂討訓記訪設許訴診註詞試詩話該詳認語誤說誰課調談請論證識警譯議護讀變讓豐責貧貨費貼買資賬質賴贈贊趕趨軀"
    "車轉輕輔輪較輸辦辭邊達違運過遞遠適選遲還邁鄉醫醜釋針錄錢錯鍵鎖長門閉開間關隊階際隨險雖離難電靈靜韓頁項順須預領頭"
    "題額顏願類顧風飯養餘館馬駕驗騙驚體髮鬆魚鮮點齡齊"
)
_SIMPLIFIED = (
    "个们来俩伪侧侦传伤备倾仅价仪优两册冻别删创划剧剂劲动务胜劳势励劝区协单参双发变吴员问启单丧吗尝叹喷吓严嘱团园围图"
    "国圆执报场块压坏壮寿梦够夹夺奋妇妈婴孙学宁实写宽宝将专寻对导属岁岛师帐带帮干几库应废广厅强弹当径从复征彻恒恶恼爱"
    "态惯虑庆忧凭愤怀惧恋战戏户护报拥择担据扩摆摄携败叙敌数断时晋暂晓书会东条极构标样树机权栏欢历归残杀壳气决没况泪净"
    "测准沟温灭满汉洁济湿灾为无烦热营尔墙状奖独获献现环产疗疯发痹尽监盘确礼种称稳穷竞笔节范筑简签粮纪约红纯纸级纷结细"
    "终组绝统经维网紧线练编缓缘县缝缩总绩织继续罗义习圣闻联聪声职听肃脱脑肿脸临举旧与艰艺药苏处虚号术卫装补制复衬规视"
    "亲觉览观计订讨训记访设许诉诊注词试诗话该详认语误说谁课调谈请论证识警译议护读变让丰责贫货费贴买资账质赖赠赞赶趋躯"
    "车转轻辅轮较输办辞边达违运过递远适选迟还迈乡医丑释针录钱错键锁长门闭开间关队阶际随险虽离难电灵静韩页项顺须预领头"
    "题额颜愿类顾风饭养余馆马驾验骗惊体发松鱼鲜点龄齐"
)
SIMPLIFIED = str.maketrans(dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)))


def lowered(word: str, base: str) -> str:
    """Return ``word`` in compatibility form and without case, by the rules of the language ``base``."""
    word = unicodedata.normalize("NFKC", _IGNORED.sub("", word))
    if base in ("tr", "az"):
        word = word.translate(_TURKIC)
    return unicodedata.normalize("NFC", word.casefold())


def arabic(word: str) -> str:
    """Return an Arabic word without vowel marks, with one alef, without hamza, with one final ya and ha."""
    return unmarked(word).translate(HAMZA)


def unmarked(word: str) -> str:
    """Return ``word`` without Arabic and Hebrew vowel marks, tatweel and invisible characters."""
    return _MARK.sub("", _IGNORED.sub("", word))


def folded(word: str) -> str:
    """Return a lowered word without diacritics; the Cyrillic letters й and ї stay what they are."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.translate(_KEPT))
    return unicodedata.normalize("NFC", _MARK.sub("", apart)).translate(_KEPT_BACK).translate(LETTERS)


def simplified(text: str) -> str:
    """Return Chinese text with the simplified form of frequent characters, one character for one."""
    return text.translate(SIMPLIFIED)
