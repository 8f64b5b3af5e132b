"""Titles of every kind, by language: one word, long, as long as may be, with an emoji, in both directions."""

from __future__ import annotations

TITLES = {
    "en": {
        "one": "Help",
        "long": "What to do when somebody finds out before you wanted them to, and why it is not your fault at all",
        "longest": "A guide to telling the people near you, at home and at work, slowly and safely, in your words and "
        "your own time, always.",
        "emoji": "Names & pronouns 🏳️‍🌈💜 for everyone",
        "mixed": "How to say حبيبي and اسمي at a family table",
    },
    "de": {
        "one": "Wo?",
        "long": "Donaudampfschifffahrtsgesellschaftskapitän",
        "longest": "Was tun, wenn jemand davon erfährt, bevor du es selbst erzählen wolltest, und warum das überhaupt "
        "nicht deine Schuld ist!",
        "emoji": "Namen & Pronomen 🏳️‍⚧️ für alle",
        "mixed": "Am Telefon: +49 30 1234567",
    },
    "ar": {
        "one": "مساعدة",
        "long": "ماذا تفعل إذا عرف أحدهم قبل أن تريد أنت ذلك، ولماذا ليس هذا ذنبك أبدًا",
        "longest": "دليل إلى إخبار من حولك في البيت وفي العمل ببطء وأمان وبكلماتك أنت وفي الوقت الذي تختاره وحدك "
        "ولا أحد غيرك أبدًا يا صديق",
        "emoji": "الأسماء والضمائر 🏳️‍🌈💜 للجميع",
        "mixed": "خط المساعدة LGBTQ+ على الرقم +1 555-0100 (24/7)",
    },
    "ja": {
        "one": "助け",
        "long": "思いがけず誰かに知られてしまったとき、まず何をすればいいか、なぜあなたのせいではないのか",
        "longest": "家族や友だち、職場の人に、自分のペースで、安全に、自分の言葉で伝えるための手引き。急がなくていい"
        "理由と、話す前に考えておきたいこと、話したあとに起こりうること、そして困ったときに頼れる場所や人について、説明します。",
        "emoji": "名前と代名詞🏳️‍🌈💜みんなのために",
        "mixed": "カミングアウト：はじめの一歩（LGBTQ+ Centerと考える）",
    },
    "zh": {
        "one": "帮助",
        "long": "当有人在你愿意之前就知道了的时候该怎么办，以及为什么这绝不是你的错",
        "longest": "写给想要慢慢地、安全地、用自己的话、在自己选择的时间里，把这件事告诉家人、朋友和同事的人的一份"
        "指南：为什么不必着急，说之前要想好什么，说之后可能发生什么，以及遇到困难时可以去找哪些人、哪些地方，我们一步步讲清楚。",
        "emoji": "名字与代词🏳️‍🌈💜写给所有人",
        "mixed": "出柜：第一步（和LGBTQ+ Center一起想）",
    },
}
