"""Words of despair or danger are noticed in whatever form, and ordinary words are not taken for them."""

from __future__ import annotations

import pytest

from studio.core.locales import LANGUAGES
from studio.guides import house
from studio.search.noticing import noticed

DESPAIR, DANGER = house.first_help()
SAID = {
    "en": ("I just want to die today", "cutting myself again", "SUICIDE", "my dad kicked me out", "he threatened me"),
    "ar": ("أنا أُريد أن أموت", "افكار عن الانتحار", "أهلي طردوني من البيت"),
    "fr": ("j’ai envie de mourir ce soir", "automutilations", "mon père me frappe"),
    "es": ("ya quiero morir", "mis autolesiones", "me echaron de casa ayer"),
    "ja": ("もう死にたいです", "リスカしてしまう", "父に殴られました"),
    "zh": ("我真的不想活了", "他一直威胁我"),
    "de": ("ich will sterben", "mein Vater schlägt mich"),
    "it": ("voglio morire", "mi minaccia sempre"),
    "pl": ("chcę umrzeć", "mój ojciec grozi mi"),
    "tr": ("artık ölmek istiyorum", "babam beni dövüyor"),
    "pt": ("quero morrer", "meu pai me bate"),
    "ru": ("я больше не хочу жить", "отец угрожает мне"),
}
ORDINARY = (
    "coming out at school", "die Familie", "my name", "hormones", "how to tell my mother", "cut my hair", "doctor",
    "إخبار أهلي", "طبيب", "dire à ma mère", "el médico", "母に伝える", "和父母谈", "Coming-out bei der Arbeit",
    "to die for", "hit song", "a home", "papa", "deadname", "I live with my parents", "tell me", "my life",
)  # fmt: skip


def seen(words):
    groups = (DESPAIR, DANGER)
    return [one.topic for one in groups if any(noticed(words, code, said) for code, said in one.words.items())]


@pytest.mark.parametrize(("code", "words"), [(code, words) for code, every in SAID.items() for words in every])
def test_words_of_despair_or_danger_are_noticed(code, words):
    assert seen(words), code


@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_words_are_not(words):
    assert seen(words) == []


@pytest.mark.parametrize("group", [DESPAIR, DANGER], ids=lambda group: group.topic)
def test_each_language_has_words_and_every_one_of_them_says_something(group):
    assert set(group.words) == set(group.headings) == set(group.lines) == set(LANGUAGES)
    for code, said in group.words.items():
        assert len(said) >= 5
        for phrase in said:
            assert noticed(f"… {phrase}!", code, [phrase]), (code, phrase)


def test_nothing_is_noticed_in_nothing():
    assert not noticed("", "en", ["suicide"])
    assert not noticed("the", "en", [""])
    assert not noticed("die", "en", ["want to die"])
