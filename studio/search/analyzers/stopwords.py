"""Words too frequent to search for, per language, as they are after lowering; pronouns people ask for are kept."""

from __future__ import annotations

from typing import Final

from studio.search.analyzers.folding import arabic

_LISTS: Final = {
    "en": "a an the and or but if of in on at to from by with for as is are was were be been am do does did has "
    "have had it its this that these those not no so than then there here what which who whom how when where "
    "why can could will would shall should may might must i you your my our we us me s t d m ll re ve don "
    "into about out up down over just also too very",
    "de": "der die das den dem des ein eine einen einem einer eines und oder aber wenn als wie so in im an am auf "
    "aus bei beim mit nach von vom vor zu zum zur für um über unter durch ist sind war waren sein bin bist "
    "hat habe haben hast hatte wird werden wurde kann können soll nicht kein keine auch nur noch schon ich du "
    "sie wir ihr es mich dich sich mir dir uns euch ihm ihn ihnen mein meine meinen meinem meiner dein deine "
    "deinen deinem deiner ihre ihren ihrem ihrer dass was wer wo man dies diese dieser dieses",
    "fr": "le la les l un une des de du d et ou mais si que qu qui quoi dont où à au aux en dans sur sous par pour "
    "avec sans est sont était être suis es sommes êtes ai as a ont avoir fait ce cet cette ces c se s sa son "
    "ses mon ma mes ton ta tes notre nos votre vos leur leurs je j tu nous vous me m te t ne n pas plus y "
    "comme quand lui eux moi toi",
    "es": "el la los las lo un una unos unas de del y e o u pero si que qué quien quién como cómo cuando cuándo "
    "donde dónde a al en con por para sin sobre es son era ser soy eres está están estar he ha han haber hay "
    "no se su sus mi mis tu tus me te nos le les yo tú más muy ya este esta esto estos estas ese esa eso",
    "it": "il lo la i gli le l un uno una di del dello della dei degli delle dell d e ed o ma se che chi cui come "
    "quando dove a al allo alla ai agli alle all in nel nello nella nei negli nelle nell con su sul sullo "
    "sulla sui sugli sulle sull per da dal dallo dalla dai dagli dalle dall tra fra è sono era essere sei ho "
    "hai ha hanno avere si mi ti ci vi ne tuo tua tuoi tue mio mia miei mie suo sua suoi sue io tu noi voi "
    "più anche questo questa questi queste c s",
    "pt": "o a os as um uma uns umas de do da dos das e ou mas se que quem como quando onde em no na nos nas ao aos "
    "à às por pelo pela pelos pelas para com sem sobre é são era ser sou és está estão estar foi há ter tem "
    "têm tenho seu sua seus suas meu minha meus minhas teu tua teus tuas eu tu você vocês nós me te lhe mais "
    "muito já não este esta isto esse essa isso",
    "pl": "i a o w we z ze na do od po za przy przez dla bez nad pod u oraz lub albo ale że żeby by aby jak kiedy "
    "gdzie co kto czy jest są był była było były być jestem jesteś ma mam masz mieć nie się to ten ta te tej "
    "tego temu tym tych ja ty my wy mnie mi ci cię go jej im ich swój swoja swoje twój twoja twoje twoim "
    "twojej mój moja moje tak tylko też już",
    "ru": "и в во не что он на я с со как а то все так но да ты к у же вы за бы по из от о об для до ли если или "
    "мне меня мы вас вам нас нам тебе тебя это эта этот эти этого быть был была было были есть при без под "
    "над мой моя моё мое мои твой твоя твоё твое твои ваш ваша ваше ваши свой своя свои своё свое когда где "
    "кто чтобы только уже еще ещё",
    "tr": "ve veya ya da de ama fakat ile için gibi bir bu şu o ki mi mı mu mü ne nasıl zaman nerede kim ben sen "
    "biz siz bana sana beni seni bize size çok daha en değil var yok olan olarak oldu her hem diye kadar "
    "sonra önce nin nın nun nün den dan te ta yi yı yu yü ye nda nde",
    "ar": "في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين اللواتي أن إن ان أو او ثم لا لم لن ما ماذا كيف "
    "متى أين هل قد كان كانت يكون تكون هو هي هم هن أنا أنت أنتم نحن كل بعض غير حول عند عندما إذا لكن لأن كما "
    "حتى و ف ب ل ك بين قبل بعد أي أيضا يا",
}

STOP_WORDS: Final = {
    code: frozenset(arabic(word) if code == "ar" else word for word in words.split()) for code, words in _LISTS.items()
}
