"""Passphrases: six words or an own one; the same time for a known and an unknown name."""

from __future__ import annotations

import statistics
import threading
import time

import pytest

from studio.core.errors import Invalid
from studio.core.locales import LANGUAGES
from studio.members import hashing
from studio.members.rules import passphrases


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_words_come_from_a_list_of_2048_in_the_language_or_in_english(language):
    words = passphrases.generate(language)
    assert len(words.split()) == 6
    assert len(set(passphrases.word_list(language))) == 2048
    assert passphrases.is_generated(words, language)
    assert passphrases.has_words(language) or passphrases.is_generated(words, "en")


def test_words_are_written_in_the_script_of_the_member():
    assert all("\u3040" <= letter <= "\u30ff" for letter in passphrases.generate("ja").replace(" ", ""))
    assert all("\u0400" <= letter <= "\u04ff" for letter in passphrases.generate("ru").replace(" ", ""))
    assert all("\u4e00" <= letter <= "\u9fff" for letter in passphrases.generate("zh").replace(" ", ""))


def test_two_proposals_differ():
    assert passphrases.generate("en") != passphrases.generate("en")


@pytest.mark.parametrize(
    "own", ["seven lamps beside the river", "川のそばに灯りが七つあります", "لي سبعة مصابيح عند النهر"]
)
def test_a_sentence_will_do(own):
    passphrases.check_own(own, "Heron")


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ("short one", "14 characters"),
        ("", "14 characters"),
        ("x" * 300, "at most 200"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("abcabcabcabcabcabc", "easy to guess"),
        ("12345678901234", "easy to guess"),
        ("qwertyuiopasdfgh", "easy to guess"),
        ("nmlkjihgfedcba", "easy to guess"),
        ("my name is heron, hello", "pen-name"),
        ("my name is HER0N, hello", "pen-name"),
    ],
)
def test_one_that_is_easily_guessed_is_told_why(own, why):
    with pytest.raises(Invalid) as refused:
        passphrases.check_own(own, "Heron")
    assert why in str(refused.value)


def test_the_keyboard_that_typed_it_does_not_matter():
    stored = hashing.hashed("seven lamps beside the river")
    assert hashing.fits(stored, "  Seven lamps  beside the　RIVER ")
    assert not hashing.fits(stored, "seven lamps beside a river")
    assert stored.startswith("$argon2id$")


def test_a_damaged_hash_never_fits():
    assert not hashing.fits("not a hash", "seven lamps beside the river")


def test_an_unknown_name_takes_the_same_work_as_a_known_one():
    stored = hashing.hashed("seven lamps beside the river")
    hashing.fits(None, "warm up")
    known, unknown = [], []
    for _ in range(7):
        for kind, times in ((stored, known), (None, unknown)):
            began = time.process_time()
            assert not hashing.fits(kind, "another passphrase here")
            times.append(time.process_time() - began)
    assert 0.75 < statistics.median(known) / statistics.median(unknown) < 1.33


def test_only_a_few_hashes_are_worked_out_at_once(monkeypatch):
    running, most, lock = 0, 0, threading.Lock()
    real = hashing._hasher.hash

    class Counting:
        def hash(self, secret):
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            try:
                return real(secret)
            finally:
                with lock:
                    running -= 1

    monkeypatch.setattr(hashing, "_hasher", Counting())
    threads = [threading.Thread(target=hashing.hashed, args=("seven lamps",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most <= hashing.AT_ONCE
