"""The English keys of code and templates are found, and catalogues keep step with them."""

from __future__ import annotations

import pytest

from studio.i18n import catalogues, extract


@pytest.fixture
def package(tmp_path):
    def write(place, text):
        path = tmp_path / "package" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path / "package"

    return write


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(extract, "FOLDER", tmp_path / "catalogues")
    return tmp_path / "catalogues"


def test_every_way_of_marking_words_in_code_is_found(package):
    code = """
raise NotFound(N_("One " "sentence, {name}.", name="not a key"))
t.gettext("Two")
_("Three" if ready else "Four")
t.ngettext("{n} day", "{n} days", n)
say(message)
gettext(message)
print("no key")
"""
    root = package("guides/a.py", code)
    assert set(extract.keys_in(root / "guides/a.py")) == {
        "One sentence, {name}.",
        "Two",
        "Three",
        "Four",
        ("{n} day", "{n} days"),
    }


def test_every_way_of_marking_words_in_templates_is_found(package):
    text = """<p title="{{ _("One") }}">{{ ngettext("{n} day", "{n} days", n) }}
{{ _("Two" if a else "Three") }}{{ say(x) }}</p>"""
    root = package("publish/templates/a.html", text)
    assert set(extract.keys_in(root / "publish/templates/a.html")) == {"One", "Two", "Three", ("{n} day", "{n} days")}


def test_words_go_to_those_who_meet_them(package):
    package("publish/pages/a.py", 'N_("for readers")')
    package("review/a.py", 'N_("for members")')
    package("core/errors.py", 'N_("for both")')
    root = package("cli.py", 'N_("for the terminal")')
    assert extract.collect(root) == {"reader": ["for both", "for readers"], "studio": ["for both", "for members"]}


def test_a_plural_takes_in_the_same_words_alone(package):
    root = package("publish/pages/a.py", '_("{n} day")\nngettext("{n} day", "{n} days", 2)\n_("{n} day")')
    assert extract.collect(root)["reader"] == [("{n} day", "{n} days")]


def test_an_update_keeps_words_drops_old_keys_and_is_the_same_each_time(folder):
    path = extract.path_of("fr", "reader")
    path.parent.mkdir(parents=True)
    path.write_bytes(b'msgid "Leave"\nmsgstr "Quitter"\n\nmsgid "Gone"\nmsgstr "Parti"\n')
    made = extract.update("fr", "reader", ["Leave", "New", ("{n} day", "{n} days")])
    path.write_bytes(made)
    assert 'msgid "Leave"\nmsgstr "Quitter"' in made.decode()
    assert "Gone" not in made.decode()
    assert extract.update("fr", "reader", ["Leave", "New", ("{n} day", "{n} days")]) == made


def test_a_catalogue_file_tells_neither_when_nor_where_nor_by_what_it_was_made(folder):
    made = extract.update("ar", "reader", ["Leave", ("{n} day", "{n} days")]).decode()
    for word in ("Date", "Translator", "Generated", "Babel", "#:", "Team"):
        assert word not in made
    assert "nplurals=6" in made


def test_a_key_that_turned_into_a_plural_asks_for_new_words(folder):
    path = extract.path_of("fr", "reader")
    path.parent.mkdir(parents=True)
    path.write_bytes(b'msgid "{n} day"\nmsgstr "{n} jour"\n')
    assert "{n} jour" not in extract.update("fr", "reader", [("{n} day", "{n} days")]).decode()


@pytest.mark.parametrize(
    ("entry", "key", "trouble"),
    [
        ('msgid "Leave"\nmsgstr ""', "Leave", "missing"),
        ('msgid "Other"\nmsgstr "Autre"', "Leave", "missing"),
        ('#, fuzzy\nmsgid "Leave"\nmsgstr "Quitter"', "Leave", "fuzzy"),
        ('msgid "Hi {name}"\nmsgstr "Salut {nom}"', "Hi {name}", "other placeholders"),
        ('msgid "Hi {name}"\nmsgstr "Salut"', "Hi {name}", "other placeholders"),
        (
            'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "un jour"\nmsgstr[1] ""',
            ("{n} day", "{n} days"),
            "missing",
        ),
    ],
)
def test_what_is_wrong_in_a_catalogue_is_named(folder, entry, key, trouble):
    path = extract.path_of("fr", "reader")
    path.parent.mkdir(parents=True)
    path.write_text(entry + "\n", encoding="utf-8")
    name = key if isinstance(key, str) else key[0]
    assert extract.problems("fr", "reader", [key]) == [f"fr/reader: {trouble}: {name}"]


def test_a_form_of_a_plural_may_say_its_number_as_a_word(folder):
    path = extract.path_of("fr", "reader")
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "un jour"\nmsgstr[1] "{n} jours"\n', encoding="utf-8"
    )
    assert extract.problems("fr", "reader", [("{n} day", "{n} days")]) == []


def test_check_writes_nothing_and_tells_what_is_out_of_step(folder, capsys):
    assert extract.main(["--check"]) == 1
    assert "out of step: ar/reader.po" in capsys.readouterr().out
    assert not folder.exists()
    assert extract.main([]) == 0
    assert extract.main(["--check"]) == 0


@pytest.mark.parametrize("domain", extract.DOMAINS)
def test_the_catalogues_of_the_house_are_complete(domain):
    keys = extract.collect()[domain]
    assert len(keys) > 20
    codes = [code for code in catalogues.COMPLETE[domain] if code != "en"]
    assert [problem for code in codes for problem in extract.problems(code, domain, keys)] == []


def test_the_catalogues_of_the_house_are_in_step_with_the_code():
    assert sorted(path.relative_to(extract.FOLDER).as_posix() for path in extract.stale(extract.collect())) == []
