"""Sentences of our own in twelve languages, and what readers type who mean them: (question, keys found, exactly)."""

TEXTS = {
    "en": {
        "tell": "You decide whom you tell first. Telling a friend can be easier than telling your mothers and fathers.",
        "doctor": "Doctors must listen to your worries about hormones and explain every treatment.",
        "school": "A non-binary pupil may ask their teachers to use the chosen name at school.",
        "rest": "On hard days, drink water, rest, and write to someone who cares about you.",
    },
    "de": {
        "tell": "Du entscheidest, wem du es zuerst erzählst. Manche erzählen es einer Freundin, andere ihren Müttern.",
        "doctor": "Ärztinnen müssen dir zuhören, wenn du über die Behandlung mit Hormonen sprichst.",
        "school": "In der Schule dürfen Schülerinnen ihren gewählten Namen benutzen, auch in Zeugnissen.",
        "rest": "An schweren Tagen hilft dir große Ruhe: schlafen, Wasser trinken, draußen spazieren.",
    },
    "fr": {
        "tell": "Vous choisissez à qui vous l'annoncez : à une amie, à vos mères ou à l'école plus tard.",
        "doctor": "Les médecins doivent écouter vos inquiétudes et expliquer le traitement hormonal.",
        "identity": "L'identité de chacune mérite le respect, même quand les papiers disent autre chose.",
        "rest": "Les jours difficiles, reposez-vous, buvez de l'eau et appelez une personne aimée.",
    },
    "es": {
        "tell": "Tú decides a quién contarlo primero: a una amiga, a tus hermanos o a nadie todavía.",
        "doctor": "Los médicos deben escuchar tus preocupaciones y explicar los tratamientos hormonales.",
        "identity": "Tu identidad no depende de papeles; las identidades cambian y todas merecen respeto.",
        "rest": "En los días difíciles descansa, bebe agua y escribe a quien te quiere. Mañana será otro día.",
    },
    "it": {
        "tell": "Decidi tu a chi raccontarlo per prima: a un'amica, ai tuoi fratelli o ancora a nessuno.",
        "doctor": "I medici devono ascoltare le tue preoccupazioni e spiegare le terapie ormonali.",
        "identity": "L'identità non dipende dai documenti; ogni persona merita rispetto e libertà.",
        "rest": "Nei giorni difficili riposati, bevi acqua e scrivi alle persone che ti amano.",
    },
    "pt": {
        "tell": "Você decide a quem contar primeiro: a uma amiga, aos seus irmãos ou ainda a ninguém.",
        "doctor": "Os médicos devem ouvir as suas preocupações e explicar os tratamentos hormonais.",
        "identity": "A sua identidade não depende de documentos; todas as pessoas merecem respeito e proteção.",
        "rest": "Nos dias difíceis descanse, beba água e escreva às pessoas que cuidam de você. O coração agradece.",
    },
    "pl": {
        "tell": "To ty wybierasz, komu powiesz najpierw: przyjaciółce, rodzicom albo jeszcze nikomu.",
        "doctor": "Lekarze powinni wysłuchać twoich obaw i wyjaśnić leczenie hormonalne.",
        "identity": "Twoja tożsamość płciowa nie zależy od dokumentów, a każda osoba zasługuje na szacunek.",
        "rest": "W trudne dni odpoczywaj, pij wodę i napisz do bliskiej osoby. Łzy też są w porządku.",
    },
    "ru": {
        "tell": "Вы сами решаете, кому рассказать первой: подруге, родителям или пока никому.",
        "doctor": "Врачи должны выслушать ваши тревоги и объяснить гормональное лечение.",
        "identity": "Ваша идентичность не зависит от документов, и каждый человек заслуживает уважения.",
        "rest": "В тяжёлые дни отдыхайте, пейте воду и напишите близкому человеку. Ещё помогает сон.",
    },
    "tr": {
        "tell": "Önce kime anlatacağına sen karar verirsin: bir arkadaşına, kardeşlerine ya da henüz hiç kimseye.",
        "doctor": "Doktorlar kaygılarını dinlemeli ve hormon tedavilerini açıklamalıdır.",
        "identity": "Cinsiyet kimliği belgelere bağlı değildir; IŞIK Derneği'nde herkes saygıyı hak eder.",
        "rest": "Zor günlerde dinlen, su iç, İstanbul'daki dostlarına yaz. Ilık bir duş da iyi gelir.",
    },
    "ar": {
        "tell": "أنتِ تقرّرين متى تُخبر أختُكِ أو والدتك، وماذا تقولين لأصدقائك، ولا أحد يستعجلكِ.",
        "doctor": "على الأطبّاء أن يسمعوا مخاوفك وأن يشرحوا العلاج الهرموني خطوةً بخطوة.",
        "identity": "هُويّتكَ لا تتعلّق بالأوراق الرسميّة، والمجتمعات تتغيّر، وكلّ إنسان يستحقّ الاحترام.",
        "rest": "في الأيّام الصعبة استرِحْ واشرب الماء واكتب رسالة إلى شخصٍ يحبّك، فالدعم حولك.",
    },
    "ja": {
        "tell": "誰に最初に打ち明けるかは、あなたが決めます。友達に話しても、家族に話さなくてもかまいません。",
        "doctor": "医師は不安を聞き、ホルモン治療について説明しなければなりません。電話での相談もあります。",
        "identity": "性自認は書類で決まるものではありません。だれもが尊重されます。",
        "rest": "つらい日は休んで、水を飲み、信頼できる人に手紙を書いてみましょう。",
    },
    "zh": {
        "tell": "先告诉谁由你决定：可以告诉朋友，也可以暂时不告诉家人。",
        "doctor": "医生应当倾听你的担忧，并解释激素治疗的每一步。",
        "identity": "性别认同不取决于证件，每个人都值得尊重。跨性别的青少年也一样。",
        "rest": "难过的日子里，请休息、喝水，给信任的人写信。",
    },
}

QUESTIONS = {
    "en": [
        ("tells", "tell"), ("friends", "tell"), ("mother", "tell"), ("deciding", "tell"),
        ("worry", "doctor"), ("hormone", "doctor"), ("treatments", "doctor"), ("nonbinary", "school"),
        ("non-binary", "school"), ("teacher's", "school"), ("names", "school"), ("caring", "rest"),
        ("RESTING", "rest"), ("listening doctor", "doctor"), ("zebra", ""),
    ],
    "de": [
        ("erzahlen", "tell"), ("erzaehlen", "tell"), ("Mutter", "tell"), ("mütter", "tell"),
        ("entscheiden", "tell"), ("Hormon", "doctor"), ("Behandlungen", "doctor"), ("sprechen", ""),
        ("Arztin", "doctor"), ("Zeugnis", "school"), ("Schülerin", "school"), ("GROSSE", "rest"),
        ("drauSSen", "rest"), ("Tag", "rest"), ("Schulen", "school"), ("Wüste", ""),
    ],
    "fr": [
        ("annoncer", "tell"), ("ami", "tell"), ("mere", "tell"), ("école", "tell"), ("ecole", "tell"),
        ("médecin", "doctor"), ("inquietude", "doctor"), ("traitements hormonaux", "doctor"),
        ("identite", "identity"), ("identités", "identity"), ("d'identité", "identity"),
        ("difficile", "rest"), ("reposer", "rest"), ("aimer", "rest"), ("montagne", ""),
    ],
    "es": [
        ("contar", "tell"), ("amigas", "tell"), ("hermano", "tell"), ("decidir", "tell"),
        ("medico", "doctor"), ("preocupacion", "doctor"), ("tratamiento hormonal", "doctor"),
        ("identidad", "identity"), ("cambiar", "identity"), ("papel", "identity"), ("dificil", "rest"),
        ("descansar", "rest"), ("escribiendo", "rest"), ("manana", "rest"), ("playa", ""),
    ],
    "it": [
        ("raccontare", "tell"), ("amiche", "tell"), ("fratello", "tell"), ("decidere", "tell"),
        ("medico", "doctor"), ("preoccupazione", "doctor"), ("terapia ormonale", "doctor"),
        ("identita", "identity"), ("documento", "identity"), ("libertà", "identity"),
        ("difficile", "rest"), ("riposare", "rest"), ("scrivere", "rest"),
        ("persone che amano", "rest"), ("montagna", ""),
    ],
    "pt": [
        ("contando", "tell"), ("amigas", "tell"), ("irmao", "tell"), ("decidir", "tell"),
        ("medico", "doctor"), ("preocupacao", "doctor"), ("tratamento hormonal", "doctor"),
        ("identidades", "identity"), ("documento", "identity"), ("protecao", "identity"),
        ("dificil", "rest"), ("descansar", "rest"), ("agua", "rest"), ("coracao", "rest"),
        ("praia", ""),
    ],
    "pl": [
        ("przyjaciółce", "tell"), ("przyjaciolce", "tell"), ("rodzice", "tell"), ("wybierać", "tell"),
        ("lekarz", "doctor"), ("obawy", "doctor"), ("leczenia", "doctor"), ("tozsamosc", "identity"),
        ("tożsamości", "identity"), ("płciowej", "identity"), ("plciowa", "identity"),
        ("dokument", "identity"), ("trudny", "rest"), ("lzy", "rest"), ("wody", "rest"), ("morze", ""),
    ],
    "ru": [
        ("рассказал", "tell"), ("подруга", "tell"), ("родители", "tell"), ("решать", "tell"),
        ("врач", "doctor"), ("тревога", "doctor"), ("гормональная", "doctor"), ("лечения", "doctor"),
        ("идентичности", "identity"), ("документ", "identity"), ("уважение", "identity"),
        ("тяжелый", "rest"), ("отдыхать", "rest"), ("вода", "rest"), ("море", ""),
    ],
    "tr": [
        ("arkadaş", "tell"), ("arkadas", "tell"), ("kardeş", "tell"), ("karar", "tell"),
        ("doktor", "doctor"), ("hormonlar", "doctor"), ("tedavi", "doctor"), ("kimlik", "identity"),
        ("KİMLİĞİ", "identity"), ("kimlikler", "identity"), ("ışık", "identity"), ("isik", "identity"),
        ("İSTANBUL", "rest"), ("istanbul", "rest"), ("ILIK", "rest"), ("ılık", "rest"), ("gün", "rest"),
        ("deniz", ""),
    ],
    "ar": [
        ("اخبر", "tell"), ("أُخبِر", "tell"), ("سأخبر", "tell"), ("اصدقاء", "tell"),
        ("أصدقائي", "tell"), ("لأصدقائك", "tell"), ("تُخبر", "tell"), ("تخبر", "tell"),
        ("والدتي", "tell"), ("الوالدة", "tell"), ("اختي", "tell"), ("الاطباء", "doctor"),
        ("أطباء", "doctor"), ("علاج هرموني", "doctor"), ("هوية", "identity"), ("هويتي", "identity"),
        ("الهوية", "identity"), ("مجتمع", "identity"), ("مجتمعنا", "identity"), ("اوراق", "identity"),
        ("احترام", "identity"), ("ايام", "rest"), ("دعم", "rest"), ("بالدعم", "rest"),
        ("رسائل الدعم", "rest"), ("صعب", "rest"), ("بحر", ""),
    ],
    "ja": [
        ("友達", "tell"), ("友達に話した", "tell"), ("話す", "tell"), ("打ち明けた", "tell"), ("家族", "tell"),
        ("決めた", "tell identity"), ("ホルモン", "doctor"), ("ﾎﾙﾓﾝ治療", "doctor"), ("治療の説明", "doctor"),
        ("医師", "doctor"), ("電話", "doctor"), ("性自認", "identity"), ("性", "identity"), ("水", "rest"),
        ("手紙を書く", "rest"), ("休みたい", "rest"), ("海", ""),
    ],
    "zh": [
        ("朋友", "tell"), ("告诉", "tell"), ("告訴朋友", "tell"), ("家人", "tell"), ("医生", "doctor"),
        ("醫生", "doctor"), ("激素", "doctor"), ("激素治疗", "doctor"), ("性别认同", "identity"),
        ("性別認同", "identity"), ("跨性别青少年", "identity"), ("性", "identity"), ("水", "rest"), ("信任", "rest"),
        ("海洋", ""),
    ],
}  # fmt: skip
