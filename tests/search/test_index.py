"""The index on disk: replaced, removed, rebuilt, damaged, read and killed while it is written."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from search_recall import QUESTIONS

from studio.search import entries as analysis
from studio.search import manifest
from studio.search.fallback import Entries
from studio.search.index import IndexBroken, IndexBusy, SearchIndex
from studio.search.query import search

ROOT = Path(__file__).parents[2]
WRITER = [sys.executable, str(Path(__file__).with_name("writer.py"))]


def found(index, words, code="en"):
    return {hit.guide_id for hit in search(index, words, code).hits}


def files(index):
    return [path for path in index.folder.rglob("*") if path.is_file() and path.name != "lock"]


@pytest.fixture
def writer():
    started = []

    def start(index, times):
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [*WRITER, str(index.folder), str(times)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_text_is_found_after_it_is_put_in_and_not_after_it_is_taken_out(index, section):
    index.replace("a/en", [section("a", "Rest"), section("a", "Water", section_id="s2")])
    index.replace("b/en", [section("b", "Rest")])
    assert found(index, "rest") == {"a", "b"}
    assert index.translations() == {"a/en": 2, "b/en": 1}
    index.replace("a/en", [section("a", "School")])
    assert found(index, "rest") == {"b"}
    assert found(index, "water") == set()
    assert found(index, "school") == {"a"}
    index.remove("b/en")
    assert found(index, "rest") == set()
    assert index.translations() == {"a/en": 1}


def test_many_changes_are_one_generation(index, section):
    before = index.generation
    index.write({f"{key}/en": [section(key, "Rest")] for key in "abc"} | {"gone/en": []})
    middle = index.generation
    assert found(index, "rest") == {"a", "b", "c"}
    index.write({"a/en": [], "b/en": []})
    assert len({before, middle, index.generation}) == 3
    assert found(index, "rest") == {"c"}


def test_removed_text_is_wiped_from_the_files_by_compacting(index, section):
    index.write({"a/en": [section("a", "Marmalade")], "b/en": [section("b", "Rest")]})
    index.remove("a/en")
    index.compact()
    assert found(index, "rest") == {"b"}
    assert not [path for path in files(index) if b"armalade" in path.read_bytes()]


def test_a_state_that_is_open_stays_as_it_was(index, section):
    index.replace("a/en", [section("a", "Rest")])
    before = index.snapshot()
    index.remove("a/en")
    index.compact()
    assert before.size() == 1
    assert before.entry(0).text == "Rest"
    assert index.snapshot().size() == 0


def test_the_same_state_is_opened_once(index, section):
    index.replace("a/en", [section("a", "Rest")])
    assert index.snapshot() is index.snapshot()


def test_a_rebuild_that_fails_leaves_the_old_index(index, section):
    index.replace("a/en", [section("a", "Rest")])

    def broken():
        yield section("b", "Rest")
        raise RuntimeError("The database went away.")

    with pytest.raises(IndexBroken):
        index.rebuild(broken())
    assert found(index, "rest") == {"a"}
    index.replace("c/en", [section("c", "Rest")])
    assert len([path for path in index.folder.iterdir() if path.is_dir()]) == 1


def test_the_old_index_answers_while_a_new_one_is_made(index, section):
    index.replace("a/en", [section("a", "Rest")])
    seen = []

    def slowly():
        seen.append(found(SearchIndex(index.folder), "rest"))
        yield section("b", "Rest")
        seen.append(found(index, "rest"))

    index.rebuild(slowly())
    assert seen == [{"a"}, {"a"}]
    assert found(index, "rest") == {"b"}


def test_a_missing_index_is_broken_and_cannot_be_written_to(tmp_path, section):
    index = SearchIndex(tmp_path / "none")
    for act in (
        index.snapshot,
        index.check,
        lambda: index.generation,
        lambda: index.replace("a/en", [section("a", "Rest")]),
    ):
        with pytest.raises(IndexBroken):
            act()
    index.rebuild([section("a", "Rest")])
    assert found(index, "rest") == {"a"}
    index.check()


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zero(path):
    path.write_bytes(bytes(path.stat().st_size))


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x55
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, zero, flip, Path.unlink, lambda path: path.write_bytes(b"")])
def test_any_damaged_file_is_noticed_and_a_rebuild_answers_like_new(tmp_path, library, full, damage):
    some = [entry for entry in library if entry.language in ("ar", "ja", "en")]
    index = SearchIndex(tmp_path / "index")
    index.rebuild(some[:6])
    index.replace(some[6].translation_id, some[6:7])
    names = [path.relative_to(index.folder).parts[-1].split(".")[-1] for path in files(index)]
    for kind in sorted(set(names)):
        victim = next(path for path in files(index) if path.name.endswith(kind) and path.stat().st_size)
        damage(victim)
        with pytest.raises(IndexBroken):
            search(SearchIndex(index.folder), "rest", "en")
        with pytest.raises(IndexBroken):
            index.check()
        with pytest.raises(IndexBroken):
            index.replace("x/en", [])
        index.rebuild(some)
        for code in ("ar", "ja", "en"):
            for question, _ in QUESTIONS[code]:
                fresh = search(full, question, code).hits
                assert {hit.guide_id for hit in search(index, question, code).hits} == {hit.guide_id for hit in fresh}


def test_damage_while_it_is_open_does_not_reach_readers(index, section):
    index.replace("a/en", [section("a", "Rest")])
    assert found(index, "rest") == {"a"}
    for path in files(index):
        if path.name != "manifest.json":
            cut(path)
    assert found(index, "rest") == {"a"}


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"analysis": 0}', '{"analysis": %d, "files": 3}', "\x00\x00", "null"]
)
def test_a_list_of_files_that_makes_no_sense_is_broken(index, content):
    content = content.replace("%d", str(analysis.ANALYSIS))
    (index.folder / "manifest.json").write_text(content)
    with pytest.raises(IndexBroken):
        index.snapshot()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_files_that_fit_their_checksums_but_are_no_index_are_broken(index):
    state = manifest.read(index.folder)
    for name in state.files:
        (index.folder / state.folder / name).write_bytes(b"something else")
    manifest.write(index.folder, state.folder, ())
    with pytest.raises(IndexBroken):
        index.snapshot()
    with pytest.raises(IndexBroken):
        index.replace("a/en", [])


@pytest.mark.parametrize("version", ["ANALYSIS", "LAYOUT"])
def test_an_index_of_another_version_is_made_anew(index, monkeypatch, version):
    monkeypatch.setattr(manifest, version, getattr(manifest, version) + 1)
    with pytest.raises(IndexBroken):
        index.snapshot()


def test_an_index_that_does_not_say_how_it_is_laid_out_is_made_anew(index):
    path = index.folder / "manifest.json"
    said = json.loads(path.read_text())
    del said["layout"]
    path.write_text(json.dumps(said))
    with pytest.raises(IndexBroken):
        index.snapshot()


def test_a_second_writer_waits_and_then_says_that_it_is_busy(index, section):
    impatient = SearchIndex(index.folder, wait=0.1)
    with manifest.writing(index.folder, 1), pytest.raises(IndexBusy):
        impatient.replace("a/en", [section("a", "Rest")])
    impatient.replace("a/en", [section("a", "Rest")])
    assert found(impatient, "rest") == {"a"}


def test_two_writers_at_once_lose_nothing(index, section):
    def write(name):
        for number in range(5):
            key = f"{name}{number}"
            SearchIndex(index.folder).replace(f"{key}/en", [section(key, "Rest")])

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(index.translations()) == 10


def test_threads_share_one_index(full):
    rows = [(code, question) for code, asked in QUESTIONS.items() for question, _ in asked[:4]]
    expected = {row: search(full, row[1], row[0]) for row in rows}
    wrong = []

    def ask(seed):
        for row in rows[seed:] + rows[:seed]:
            wrong.extend([row] if search(full, row[1], row[0]) != expected[row] else [])

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_readers_see_whole_states_while_another_process_writes(index, section, writer):
    index.write({"g/en": [section("g", "Rest", section_id=f"s{n}") for n in range(3)], "o/en": [section("o", "Rest")]})
    other = SearchIndex(index.folder)
    process = writer(index, 25)
    generations = set()
    while process.poll() is None:
        for reader in (index, other):
            assert reader.translations() == {"g/en": 3, "o/en": 1}
            hits = search(reader, "rest", "en").hits
            assert {hit.guide_id for hit in hits} == {"g", "o"}
        generations.add(index.generation)
    assert process.returncode == 0
    assert len(generations) > 3
    assert found(index, '"version 24"') == {"g"}


def test_a_writer_killed_at_any_moment_leaves_the_last_state_whole(index, section, writer):
    index.replace("o/en", [section("o", "Rest")])
    for round_number in range(8):
        process = writer(index, 1000)
        acknowledged = int(process.stdout.readline())
        threading.Event().wait(round_number * 0.017)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split()
        process.wait()
        acknowledged = max([acknowledged, *map(int, rest)])
        index.check()
        assert index.translations() == {"g/en": 3, "o/en": 1}
        versions = [
            number for number in range(acknowledged, acknowledged + 2) if found(index, f'"version {number}"') == {"g"}
        ]
        assert versions
    index.replace("p/en", [section("p", "Rest")])
    assert found(index, "rest") == {"g", "o", "p"}
    assert len(files(index)) < 40


def test_the_fallback_agrees_after_many_changes(index, library):
    chance = random.Random(7)  # noqa: S311 - a test repeats itself
    kept = {}
    for entry in [*library, *library]:
        if chance.random() < 0.3:
            kept.pop(entry.translation_id + entry.language, None)
            index.remove(entry.translation_id)
        elif chance.random() < 0.3:
            kept[entry.translation_id + entry.language] = entry
            index.replace(entry.translation_id, [entry])
    plain = Entries(kept.values())
    for code, asked in QUESTIONS.items():
        for question, _ in asked:
            assert search(index, question, code) == search(plain, question, code)


def test_the_folder_is_for_its_owner_alone(tmp_path):
    index = SearchIndex(tmp_path / "members")
    index.rebuild([])
    assert index.folder.stat().st_mode & 0o077 == 0


def test_an_index_of_a_house_without_texts_is_whole_and_takes_the_first_one(tmp_path, section):
    index = SearchIndex(tmp_path / "readers")
    index.rebuild([])
    index.check()
    assert index.translations() == {}
    assert found(index, "rest") == set()
    index.replace("p/en", [section("p", "Rest")])
    assert found(index, "rest") == {"p"}
    index.remove("p/en")
    index.check()
    assert found(index, "rest") == set()
