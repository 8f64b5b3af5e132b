"""Words that no spelling fix may touch, in the twelve languages: negations, words of duty, numbers, units."""

from __future__ import annotations

from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word.casefold() for line in lines for word in line.split())


NEGATIONS: Final = _words(
    "no not never none nobody nothing nowhere neither nor without cannot cant dont doesnt didnt wont isnt arent wasnt",
    "werent shouldnt couldnt wouldnt mustnt neednt hasnt havent hadnt ain except unless only",
    "non ne n pas jamais rien aucun aucune personne sans ni sauf seulement guère nulle nul",
    "mai niente nessuno nessuna nessun senza né neanche nemmeno neppure nulla soltanto solo tranne mica",
    "nicht nie niemals nichts kein keine keinen keinem keiner keines niemand ohne weder nirgends außer nur",
    "nie nigdy nikt nic bez żaden żadna żadne ani oprócz tylko nigdzie brak",
    "değil yok asla hiç hiçbir kimse ne olmadan hariç sadece yalnız yalnızca",
    "não nunca jamais nada ninguém nenhum nenhuma nem sem exceto somente só apenas",
    "не нет никогда никто ничего ничто без ни нельзя никакой кроме только нигде",
    "nadie ningún ninguno ninguna sin tampoco excepto salvo solamente sólo jamás",
    "لا لم لن ليس ليست ليسوا لست غير بدون دون بلا ما عدم إلا سوى فقط أبدا قط ولا كلا لما",
)

MODALS: Final = _words(
    "must may might can could shall should will would ought need needs has have maybe perhaps always often sometimes",
    "allowed forbidden required recommended before after until if more less all some most few every",
    "doit doivent devez devrait devrais dois peut peuvent pouvez peux faut faudrait toujours parfois souvent interdit",
    "avant après si plus moins tout tous toute toutes quelques certains peutêtre",
    "deve devono devi dovrebbe può possono puoi potrebbe bisogna sempre forse talvolta vietato prima dopo se più meno",
    "tutti tutto alcuni",
    "muss müssen musst müsst müsste soll sollen sollst sollte sollten darf dürfen darfst dürfte kann können kannst",
    "könnte könnten mag wird würde immer manchmal oft vielleicht verboten vor nach wenn bis mehr weniger alle einige",
    "musi muszą musisz powinien powinna powinno powinni może mogą możesz mógłby wolno trzeba należy zawsze",
    "czasem często",
    "przed po jeśli więcej mniej wszyscy niektórzy zabronione",
    "gerek gerekir gerekiyor gerekli zorunda zorunlu lazım olabilir belki her bazen önce sonra eğer daha az",
    "çok bütün tüm",
    "bazı yasak şart mutlaka",
    "deve devem deves deveria pode podem podes poderia precisa é sempre talvez antes depois se mais menos",
    "todos alguns",
    "proibido",
    "должен должна должно должны может могут можешь можно нужно надо следует стоит бы всегда иногда часто",
    "запрещено до",
    "после если больше меньше все некоторые обязательно",
    "debe deben debes debería deberías puede pueden puedes podría hay tiene siempre quizá quizás antes después",
    "si más menos",
    "todos algunos prohibido hasta",
    "يجب ينبغي يمكن يمكنك قد لازم ضروري ممنوع مسموح يجوز ربما دائما أحيانا غالبا قبل بعد إذا إن لو أكثر أقل كل",
    "بعض حتى",
    "يستطيع تستطيع عليك يلزم محظور إلزامي",
)

NUMBERS: Final = _words(
    "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty",
    "seventy eighty",
    "ninety hundred thousand million half double twice once third quarter",
    "un une deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente quarante cinquante",
    "soixante cent mille",
    "demi moitié tiers quart fois",
    "uno due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta cento mezzo metà",
    "null eins ein eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert",
    "tausend halb halbe",
    "doppelt einmal zweimal",
    "jeden dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć dwadzieścia sto tysiąc pół",
    "sıfır bir iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli yüz bin yarım",
    "um uma dois duas três quatro cinco seis sete oito nove dez onze doze vinte trinta cem cento mil meio metade",
    "один одна два две три четыре пять шесть семь восемь девять десять двадцать тридцать сто тысяча половина",
    "dos tres cuatro siete ocho nueve diez once doce veinte treinta cien ciento medio media mitad",
    "صفر واحد واحدة اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر",
    "عشرون عشرين",
    "ثلاثون مئة مائة ألف نصف ضعف مرة مرتين ربع ثلث",
)

UNITS: Final = _words(
    "mg g kg mcg µg ug ml dl l cm mm m km iu mmol nmol pg ng percent hour hours day days week weeks month",
    "months year years",
    "minute minutes second seconds pill pills tablet tablets dose doses drop drops euro euros dollar dollars",
    "degree degrees",
    "heure heures jour jours semaine semaines mois an ans année années goutte gouttes comprimé comprimés",
    "ora ore giorno giorni settimana settimane mese mesi anno anni minuto minuti compressa compresse",
    "stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren minuten tablette",
    "tabletten prozent",
    "godzina godziny godzin dzień dni tydzień tygodnie tygodni miesiąc miesiące miesięcy rok lata lat procent",
    "tabletka",
    "saat gün hafta ay yıl dakika yüzde tablet doz",
    "hora horas dia dias semana semanas mês meses ano anos comprimido comprimidos",
    "час часа часов день дня дней неделя недели недель месяц месяца месяцев год года лет мг мл кг минут",
    "процент таблетка",
    "día días semana semanas mes meses año años pastilla pastillas gota gotas",
    "ساعة ساعات ساعتين يوم أيام يومين أسبوع أسابيع شهر أشهر شهرين سنة سنوات سنتين عام أعوام دقيقة دقائق ملغ مغ",
    "غرام جرام",
    "مل لتر حبة حبوب حبتين جرعة جرعات قرص أقراص بالمئة",
)

NEGATING_ENDINGS: Final = ("sız", "siz", "suz", "süz", "maz", "mez", "less", "los", "frei")
"""Endings that turn a word into its contrary; a change that brings or removes one is a change of the meaning."""

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
