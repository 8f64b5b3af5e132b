"""Words that no spelling fix may touch, in the twelve languages: negations, words of duty, numbers, units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word.casefold() for line in lines for word in line.split())


def _together(lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*lists.values())


NEGATIONS_IN: Final = {
    "en": _words(
        "no not never none nobody nothing nowhere neither nor without cannot cant dont doesnt didnt wont",
        "isnt arent wasnt werent shouldnt couldnt wouldnt mustnt neednt hasnt havent hadnt ain except",
        "unless only",
    ),
    "fr": _words(
        "non ne n pas jamais rien aucun aucune personne sans ni sauf seulement guère nulle nul aucunement",
        "nullement",
    ),
    "it": _words(
        "mai niente nessuno nessuna nessun senza né neanche nemmeno neppure nulla soltanto solo tranne mica",
        "non no ni",
    ),
    "de": _words(
        "nicht nie niemals nichts kein keine keinen keinem keiner keines niemand ohne weder nirgends außer",
        "nur nein",
    ),
    "pl": _words(
        "nie nigdy nikt nic bez żaden żadna żadne ani oprócz tylko nigdzie brak",
    ),
    "tr": _words(
        "değil yok asla hiç hiçbir kimse ne olmadan hariç sadece yalnız yalnızca hayır",
    ),
    "pt": _words(
        "não nunca jamais nada ninguém nenhum nenhuma nem sem exceto somente só apenas",
    ),
    "ru": _words(
        "не нет никогда никто ничего ничто без ни нельзя никакой кроме только нигде",
    ),
    "es": _words(
        "nadie ningún ninguno ninguna sin tampoco excepto salvo solamente sólo jamás no nunca nada ni solo",
        "únicamente",
    ),
    "ar": _words(
        "لا لم لن ليس ليست ليسوا لست غير بدون دون بلا ما عدم إلا سوى فقط أبدا قط ولا كلا لما",
    ),
}

MODALS_IN: Final = {
    "en": _words(
        "must may might can could shall should will would ought need needs has have maybe perhaps always",
        "often sometimes allowed forbidden required recommended before after until if more less all some",
        "most few every",
    ),
    "fr": _words(
        "doit doivent devez devrait devrais dois peut peuvent pouvez peux faut faudrait toujours parfois",
        "souvent interdit avant après si plus moins tout tous toute toutes quelques certains peutêtre",
    ),
    "it": _words(
        "deve devono devi dovrebbe può possono puoi potrebbe bisogna sempre forse talvolta vietato prima",
        "dopo se più meno tutti tutto alcuni tutta tutte ogni",
    ),
    "de": _words(
        "muss müssen musst müsst müsste soll sollen sollst sollte sollten darf dürfen darfst dürfte kann",
        "können kannst könnte könnten mag wird würde immer manchmal oft vielleicht verboten vor nach wenn",
        "bis mehr weniger alle einige",
    ),
    "pl": _words(
        "musi muszą musisz powinien powinna powinno powinni może mogą możesz mógłby wolno trzeba należy",
        "zawsze czasem często przed po jeśli więcej mniej wszyscy niektórzy zabronione",
    ),
    "tr": _words(
        "gerek gerekir gerekiyor gerekli zorunda zorunlu lazım olabilir belki her bazen önce sonra eğer",
        "daha az çok bütün tüm bazı yasak şart mutlaka",
    ),
    "pt": _words(
        "deve devem deves deveria pode podem podes poderia precisa é sempre talvez antes depois se mais",
        "menos todos alguns proibido",
    ),
    "ru": _words(
        "должен должна должно должны может могут можешь можно нужно надо следует стоит бы всегда иногда",
        "часто запрещено до после если больше меньше все некоторые обязательно",
    ),
    "es": _words(
        "debe deben debes debería deberías puede pueden puedes podría hay tiene siempre quizá quizás antes",
        "después si más menos todos algunos prohibido hasta todo toda todas algunas",
    ),
    "ar": _words(
        "يجب ينبغي يمكن يمكنك قد لازم ضروري ممنوع مسموح يجوز ربما دائما أحيانا غالبا قبل بعد إذا إن لو أكثر",
        "أقل كل بعض حتى يستطيع تستطيع عليك يلزم محظور إلزامي",
    ),
}

NUMBERS_IN: Final = {
    "en": _words(
        "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty",
        "sixty seventy eighty ninety hundred thousand million half double twice once third quarter",
    ),
    "fr": _words(
        "un une deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente quarante cinquante",
        "soixante cent mille demi moitié tiers quart fois six",
    ),
    "it": _words(
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta cento mezzo metà",
        "mille zero",
    ),
    "de": _words(
        "null eins ein eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig",
        "hundert tausend halb halbe doppelt einmal zweimal dreissig",
    ),
    "pl": _words(
        "jeden dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć dwadzieścia sto tysiąc pół",
        "jedna trzydzieści czterdzieści",
    ),
    "tr": _words(
        "sıfır bir iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli yüz bin yarım",
    ),
    "pt": _words(
        "um uma dois duas três quatro cinco seis sete oito nove dez onze doze vinte trinta cem cento mil",
        "meio metade duzentos",
    ),
    "ru": _words(
        "один одна два две три четыре пять шесть семь восемь девять десять двадцать тридцать сто тысяча",
        "половина сорок",
    ),
    "es": _words(
        "dos tres cuatro siete ocho nueve diez once doce veinte treinta cien ciento medio media mitad uno",
        "seis mil cero",
    ),
    "ar": _words(
        "صفر واحد واحدة اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع",
        "عشرة عشر عشرون عشرين ثلاثون مئة مائة ألف نصف ضعف مرة مرتين ربع ثلث",
    ),
}

UNITS_IN: Final = {
    "every": _words(
        "mg g kg mcg µg ug ml dl l cm mm m km iu mmol nmol pg ng",
    ),
    "en": _words(
        "percent hour hours day days week weeks month months year years minute minutes second seconds pill",
        "pills tablet tablets dose doses drop drops euro euros dollar dollars degree degrees",
    ),
    "fr": _words(
        "heure heures jour jours semaine semaines mois an ans année années minute minutes goutte gouttes",
        "comprimé comprimés dose doses euro euros degré degrés",
    ),
    "it": _words(
        "ora ore giorno giorni settimana settimane mese mesi anno anni minuto minuti compressa compresse",
        "dose dosi euro goccia gocce",
    ),
    "de": _words(
        "stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren minute minuten",
        "tablette tabletten prozent euro dosis dosen tropfen",
    ),
    "pl": _words(
        "godzina godziny godzin dzień dni tydzień tygodnie tygodni miesiąc miesiące miesięcy rok lata lat",
        "procent tabletka tabletki tabletek minut minuty",
    ),
    "tr": _words(
        "saat gün hafta ay yıl dakika yüzde tablet doz damla",
    ),
    "pt": _words(
        "hora horas dia dias semana semanas mês meses ano anos minuto minutos comprimido comprimidos dose",
        "doses gota gotas",
    ),
    "ru": _words(
        "час часа часов день дня дней неделя недели недель месяц месяца месяцев год года лет мг мл кг минут",
        "процент таблетка таблетки таблеток",
    ),
    "es": _words(
        "hora horas día días semana semanas mes meses año años minuto minutos pastilla pastillas gota gotas",
        "dosis comprimido comprimidos",
    ),
    "ar": _words(
        "ساعة ساعات ساعتين يوم أيام يومين أسبوع أسابيع شهر أشهر شهرين سنة سنوات سنتين عام أعوام دقيقة دقائق",
        "ملغ مغ غرام جرام مل لتر حبة حبوب حبتين جرعة جرعات قرص أقراص بالمئة",
    ),
}
"""``every``: signs of measures that all languages write alike."""

NEGATIONS: Final = _together(NEGATIONS_IN)
MODALS: Final = _together(MODALS_IN)
NUMBERS: Final = _together(NUMBERS_IN)
UNITS: Final = _together(UNITS_IN)

ARTICLES: Final = _words("un une ein eine um uma uno bir")
"""Words for one that mostly count nothing."""

NEGATING_SIGNS: Final = frozenset("不没沒無无未非否勿别別莫")
DUTY_SIGNS: Final = frozenset("可能必须須應应該该会會")
NUMBER_SIGNS: Final = frozenset("〇一二三四五六七八九十百千万萬億亿兆两兩半数")
UNIT_SIGNS: Final = frozenset("年月日時时分秒週周天回次片粒滴錠")
"""The same for Han characters, each a word of its own."""

NEGATING_ENDINGS: Final = ("sız", "siz", "suz", "süz", "maz", "mez", "less", "los", "frei")
"""Endings that turn a word into its contrary; a change that brings or removes one is a change of the meaning."""

NEGATING_PREFIXES: Final = {
    "en": ("un", "in", "im", "il", "ir", "dis", "non", "non-", "mis", "a"),
    "fr": ("in", "im", "il", "ir", "non-", "dé", "dés", "mal", "a"),
    "it": ("in", "im", "il", "ir", "s", "dis", "non"),
    "de": ("un", "in", "nicht", "miss"),
    "pl": ("nie", "bez"),
    "pt": ("in", "im", "i", "des", "não-"),
    "ru": ("не", "без", "бес"),
    "es": ("in", "im", "i", "des", "no"),
}
"""Syllables before a word that turn it into its contrary, by language."""
NEGATING_STEMS: Final = {"tr": ("ma", "me")}
"""Syllables behind the stem of a verb that do so."""

KANJI_CONFUSED: Final = (
    "的地得",
    "在再",
    "做作",
    "那哪",
    "已己",
    "像象",
    "候侯",
    "坐座",
    "即既",
    "哪那",
    "帐账",
    "须需",
)
"""Groups of Chinese characters that are mistyped for each other and whose confusion changes no meaning."""

KANA_CONFUSED: Final = (
    "つっ", "やゃ", "ゆゅ", "よょ", "ツッ", "ヤャ", "ユュ", "ヨョ", "アァ", "イィ", "ウゥ", "エェ", "オォ",
    "じぢ", "ずづ", "ジヂ", "ズヅ", "おを", "わは", "えへ",
)  # fmt: skip
"""Kana that sound or look alike; every other change of a kana may change the verb's sense."""
