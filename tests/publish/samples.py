"""Short texts written for the tests, one in each script, with every kind of block a guide may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from studio.core.locales import language
from studio.guides.labels import rendering_words
from studio.publish.document import Document
from studio.rendering.markdown import render

TEXTS: dict[str, tuple[str, str, str]] = {
    "en": (
        "Looking after yourself on hard days",
        "Small steps for a day that feels too long: what to do first, whom to call, and what can wait.",
        """Some days ask too much. You need not solve your life today. You only need the next hour.[^1]

## What you can do now

Drink a glass of water. Open a window. Tell one person: “Today is hard.” That is **enough** for a start.

* Put the phone away for ten minutes.
* Wash your face with *cold* water.
  1. First the hands.
  2. Then the face.
* Go where other people are.

::: help
Need to talk? The fictional line answers at +1 555-0100 or (030) 1234567, from 16:00 to 22:00.
:::

## What helps later

- [ ] Eat something warm
- [x] Write down what went well
- [ ] Answer one message

| When | What | How long |
| --- | --- | ---: |
| Morning | Light, water, bread | 15 min |
| Evening | A walk, no news | 40 min |

### If it does not get better

Look at https://help.example/plan?step=2 or write to hello@help.example. Say `I need time` if words fail.

> Nobody has to earn rest.

## What you can say

“I am not well. Could you stay on the phone?”

[^1]: This sentence comes from people who have had many such days.
""",
    ),
    "fr": (
        "Prendre soin de soi les jours difficiles",
        "De petits pas pour une journée trop longue : par quoi commencer, qui appeler, ce qui peut attendre.",
        """Certains jours demandent trop. Il ne faut pas tout résoudre aujourd’hui, seulement l’heure qui vient.[^1]

## Ce que tu peux faire maintenant

Bois un verre d’eau. Ouvre une fenêtre. Dis à une personne : « Aujourd’hui, c’est dur. » Cela **suffit**.

* Range le téléphone pendant dix minutes.
* Passe-toi de l’eau *froide* sur le visage.

::: help
La ligne imaginaire répond au +33 1 99 00 00 00, de 16 h à 22 h.
:::

## Ce qui aide ensuite

- [ ] Manger quelque chose de chaud
- [x] Noter ce qui s’est bien passé

| Quand | Quoi |
| --- | --- |
| Matin | Lumière, eau, pain |
| Soir | Une promenade, pas d’actualités |

[^1]: Cette phrase vient de personnes qui ont connu beaucoup de ces jours.
""",
    ),
    "es": (
        "Cuidarte en los días difíciles",
        "Pasos pequeños para un día demasiado largo: qué hacer primero, a quién llamar y qué puede esperar.",
        """Hay días que piden demasiado. No tienes que resolver tu vida hoy, solo la próxima hora.[^1]

## Qué puedes hacer ahora

Bebe un vaso de agua. Abre una ventana. Dile a una persona: «Hoy es un día difícil». Eso **basta**.

* Deja el teléfono diez minutos.
* Lávate la cara con agua *fría*.

::: help
La línea imaginaria responde en el +34 900 000 000, de 16:00 a 22:00.
:::

## Qué ayuda después

- [ ] Comer algo caliente
- [x] Anotar lo que salió bien

| Cuándo | Qué |
| --- | --- |
| Mañana | Luz, agua, pan |
| Tarde | Un paseo, sin noticias |

[^1]: Esta frase viene de personas que han tenido muchos días así.
""",
    ),
    "ar": (
        "اعتنِ بنفسك في الأيام الصعبة",
        "خطوات صغيرة ليوم يبدو أطول من اللازم: بماذا تبدأ، وبمن تتصل، وما الذي يمكن أن ينتظر.",
        """بعض الأيام تطلب منا أكثر مما نقدر. لست مضطرًا إلى أن تحل كل شيء اليوم، تكفيك الساعة القادمة.[^1]

## ما يمكنك فعله الآن

اشرب كأس ماء. افتح النافذة. قل لشخص واحد: «اليوم صعب». هذا **يكفي** للبداية.

* ضع الهاتف جانبًا عشر دقائق.
* اغسل وجهك بماء *بارد*.
  1. اليدان أولًا.
  2. ثم الوجه.
* اذهب إلى مكان فيه أشخاص آخرون.

::: help
هل تريد أن تتكلم؟ خط مساعدة خيالي: +1 555-0100 من 16:00 إلى 22:00، وهو مفتوح لأشخاص LGBTQ+ أيضًا.
:::

## ما يساعد بعد ذلك

- [ ] تناول شيئًا دافئًا
- [x] اكتب ما سار على ما يرام

| متى | ماذا | كم |
| --- | --- | --- |
| صباحًا | ضوء وماء وخبز | 15 دقيقة |
| مساءً | نزهة بلا أخبار | 40 دقيقة |

### إن لم يتحسن الأمر

اقرأ https://help.example/plan?step=2 أو اكتب إلى hello@help.example.

> الراحة حق لكل إنسان.

[^1]: هذه الجملة من أناس عاشوا أيامًا كثيرة كهذه.
""",
    ),
    "ja": (
        "つらい日に自分をいたわるために",
        "長すぎると感じる一日のための小さな一歩。まず何をするか、誰に電話するか、何を後まわしにできるか。",
        """たくさんのことを求められる日があります。今日すべてを解決する必要はありません。次の一時間だけでいいのです。[^1]

## いまできること

水を一杯飲みます。窓を開けます。誰か一人に「今日はつらい」と伝えます。はじめはそれで**十分**です。

* 電話を十分間、手から離します。
* *冷たい*水で顔を洗います。
  1. まず手を洗います。
  2. それから顔を洗います。
* ほかの人がいる場所へ行きます。

::: help
話したいときは、架空の相談電話 +81 50-0000-0000 へ（16:00から22:00まで）。
:::

## あとで役に立つこと

- [ ] 温かいものを食べる
- [x] うまくいったことを書いておく

| いつ | 何を | どのくらい |
| --- | --- | --- |
| 朝 | 光、水、パン | 15分 |
| 夜 | 散歩（ニュースは見ない） | 40分 |

### よくならないとき

https://help.example/plan?step=2 を見るか、hello@help.example に書いてください。

> 休むことに理由はいりません。

[^1]: この言葉は、そういう日を何度も過ごしてきた人たちのものです。
""",
    ),
    "zh": (
        "在难熬的日子里照顾好自己",
        "给漫长一天的小小步骤：先做什么，打电话给谁，什么可以等一等。",
        """有些日子要求得太多。今天不必解决所有的事，只要顾好接下来的一个小时。[^1]

## 现在可以做什么

喝一杯水。打开窗户。告诉一个人：“今天很难熬。”这样开始就**足够**了。

* 把手机放开十分钟。
* 用*冷*水洗脸。
* 到有人的地方去。

::: help
想找人说话？虚构的热线：+86 10 0000 0000，16:00 到 22:00。
:::

## 之后有帮助的事

- [ ] 吃点热的东西
- [x] 写下今天顺利的事

| 时间 | 做什么 |
| --- | --- |
| 早上 | 光、水、面包 |
| 晚上 | 散步，不看新闻 |

[^1]: 这句话来自经历过许多这样日子的人。
""",
    ),
    "de": (
        "Donaudampfschifffahrtsgesellschaft und Geschlechtsidentitätsentwicklung verständlich erklärt",
        "Was lange Wörter bedeuten, und warum niemand sie kennen muss, um Unterstützung zu bekommen.",
        """Lange Wörter machen manchmal Angst. Hier werden sie erklärt.

## Was du jetzt tun kannst

Frag nach. Selbstbestimmungsgesetz, Krankenversicherungsleistungen und Vornamensänderung sind nur Wörter.

* Schreib auf, was du wissen willst.
* Nimm jemanden mit.
""",
    ),
}

TOPICS = {
    "en": "Well-being",
    "ar": "العناية بالنفس",
    "ja": "こころとからだ",
    "zh": "身心健康",
    "fr": "Bien-être",
    "es": "Bienestar",
}
NOTES = {"en": "Exhaustion", "ar": "الإنهاك", "ja": "疲れ", "zh": "疲惫", "fr": "Épuisement", "es": "Agotamiento"}
NEUTRAL = {
    "en": "Reading notes",
    "ar": "ملاحظات",
    "ja": "読書ノート",
    "zh": "读书笔记",
    "fr": "Notes de lecture",
    "es": "Notas",
}


def document(code: str, /, **changes: Any) -> Document:
    """Return the sample of the language ``code`` as a published document, with ``changes`` made."""
    title, summary, text = TEXTS[code]
    whole = Document(
        guide_id="hard-days",
        kind="guide",
        language=language(code),
        slug="hard-days",
        opaque_id="k7m2qx9d",
        title=title,
        summary=summary,
        neutral_title=NEUTRAL.get(code, "Notizen"),
        body=render(
            changes.pop("markdown", text),
            language(code),
            media_url="/media/{}".format,
            words=rendering_words(code),
        ),
        reading_minutes=4,
        topics=(TOPICS.get(code, "Wörter"),),
        content_notes=(NOTES.get(code, "Müdigkeit"),),
        sources=("A fictional handbook for hard days, 3rd printing, 2025",),
        licence="CC BY-SA 4.0",
        credit="Written by three members, fictional all of them",
        edition=3,
        changelog="First edition",
        published_on=date(2027, 3, 9),
        checked_on=date(2027, 3, 1),
        people=4,
        label="",
        copy_number="K7M-2QX",
        content_hash="0" * 64,
        site_name="Guide House",
        base_url="https://guides.example",
        practice=False,
    )
    return replace(whole, **changes)


PICTURE = "a" * 64
EVERYTHING = f"""A [link](https://a.example/),
**bold [inner *deep* link](https://b.example/x)**, `code`.[^a][^b] And again.[^a]

#### A heading two levels too deep

> A quote
>
> * with a list
>   1. and a deep one
>
>      with a second paragraph
>
> > and a quote inside

## Second

Term
: A definition
: Another with **bold**

  * and a list

1. One

   | a | b |
   | - | :-: |
   | 1 | |
   | `x` | [l](https://c.example) |

2. Two

::: stop A title with **bold**
- [ ] to do
- [x] done
   - [ ] nested

::: note
A box in a box.
:::
:::

```
code    with spaces, and so long a line that it must be wrapped because paper cannot be scrolled at all
```

* * *

### A heading with `code` and *emphasis*

![A picture](media:{PICTURE} "Its caption")

Text ![in a line](media:{PICTURE}) and [![linked](media:{PICTURE})](https://d.example)

See [above](#h-second) and https://very.long.example/{"a" * 120}

العربية and 日本語 and ~~gone~~.

::: card number
**4 out of 5** people told a friend.
:::

::: card step
### Two steps

1. The first
2. The second
:::

[^a]: A note with a list

    * one
    * two
[^b]: A note with https://x.example and `code`.
[^c]: A note that nothing calls.
"""
"""Every kind of block, and what is easily got wrong when it is tagged."""
