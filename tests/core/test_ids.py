"""Ids, tokens and copy numbers tell nothing and are hard to misread."""

from __future__ import annotations

import re

from studio.core.ids import CODE_LETTERS, new_copy_number, new_id, new_token, token_hash


def test_no_two_ids_and_no_two_tokens_are_the_same():
    assert len({new_id() for _ in range(1000)} | {new_token() for _ in range(1000)}) == 2000


def test_an_id_has_20_and_a_token_32_letters_that_cannot_be_confused():
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{20}", new_id())
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{32}", new_token())


def test_only_the_hash_of_a_token_is_kept_and_it_is_always_the_same():
    token = new_token()
    assert token_hash(token) == token_hash(token)
    assert re.fullmatch(r"[0-9a-f]{64}", token_hash(token))
    assert token not in token_hash(token)
    assert token_hash(token) != token_hash(new_token())


def test_a_copy_number_is_two_times_three_letters_without_look_alikes():
    assert re.fullmatch(rf"[{CODE_LETTERS}]{{3}}-[{CODE_LETTERS}]{{3}}", new_copy_number())
    assert not set("01ILO") & set(CODE_LETTERS)
