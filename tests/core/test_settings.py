"""The settings are read once, strictly, and a refusal is one sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.errors import SettingsError
from studio.core.locales import LANGUAGES
from studio.core.settings import DESCRIPTIONS, from_environment


def test_an_empty_environment_gives_a_house_on_this_machine():
    settings = from_environment({})
    assert settings.data == Path("var").resolve()
    assert settings.database_url == f"sqlite:///{Path('var').resolve() / 'studio.db'}"
    assert (settings.site_name, settings.base_url, settings.processes) == ("Guide House", "", 1)
    assert settings.languages == tuple(LANGUAGES)
    assert not settings.demo


def test_every_described_setting_is_obeyed(tmp_path):
    environment = {
        "STUDIO_DATA": str(tmp_path),
        "STUDIO_DATABASE_URL": "postgresql+psycopg://localhost/studio",
        "STUDIO_SITE_NAME": "  House of Paper  ",
        "STUDIO_BASE_URL": "https://guides.example/",
        "STUDIO_SECRET_KEY": "x" * 32,
        "STUDIO_LANGUAGES": "ar, en",
        "STUDIO_PROCESSES": "4",
        "STUDIO_TRUSTED_PROXIES": "1",
        "STUDIO_EXIT_URL": "https://weather.example/",
        "STUDIO_ACCENT": "#7A1F4B",
    }
    assert set(environment) == set(DESCRIPTIONS)
    settings = from_environment(environment)
    assert settings.data == tmp_path
    assert settings.database_url == "postgresql+psycopg://localhost/studio"
    assert settings.site_name == "House of Paper"
    assert settings.base_url == "https://guides.example"
    assert settings.secret_key == "x" * 32
    assert settings.languages == ("ar", "en")
    assert (settings.processes, settings.trusted_proxies) == (4, 1)
    assert settings.exit_url == "https://weather.example/"
    assert settings.accent == "#7a1f4b"
    assert settings.https


def test_the_practice_house_lives_in_a_folder_of_its_own(tmp_path):
    settings = from_environment({"STUDIO_DATA": str(tmp_path)}, demo=True)
    assert (settings.data, settings.demo) == (tmp_path / "practice", True)
    assert settings.database_url == f"sqlite:///{tmp_path / 'practice' / 'studio.db'}"


def test_a_name_nobody_knows_stops_the_start_and_the_known_ones_are_told():
    with pytest.raises(SettingsError, match=r"STUDIO_SITENAME is not a setting\. Choose from: STUDIO_DATA"):
        from_environment({"STUDIO_SITENAME": "House"})


def test_names_of_other_programs_are_nobodys_business():
    assert from_environment({"HOME": "/nowhere", "MYSTUDIO_X": "1"}) == from_environment({})


def test_an_empty_value_means_the_default():
    assert from_environment(dict.fromkeys(DESCRIPTIONS, " ")) == from_environment({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STUDIO_BASE_URL", "guides.example"),
        ("STUDIO_BASE_URL", "ftp://guides.example"),
        ("STUDIO_BASE_URL", "https://"),
        ("STUDIO_BASE_URL", "https://guides.example/?a=1"),
        ("STUDIO_ACCENT", "purple"),
        ("STUDIO_ACCENT", "#7a1f4"),
        ("STUDIO_EXIT_URL", "javascript:alert(1)"),
        ("STUDIO_EXIT_URL", "https://weather.example/#now"),
        ("STUDIO_PROCESSES", "0"),
        ("STUDIO_PROCESSES", "65"),
        ("STUDIO_PROCESSES", "-1"),
        ("STUDIO_PROCESSES", "1.5"),
        ("STUDIO_PROCESSES", "٤"),
        ("STUDIO_TRUSTED_PROXIES", "9"),
    ],
)
def test_a_bad_value_is_refused_and_named(name, value):
    with pytest.raises(SettingsError) as refused:
        from_environment({name: value})
    assert name in str(refused.value)
    assert value in str(refused.value)


def test_a_short_secret_is_refused_without_being_repeated():
    with pytest.raises(SettingsError) as refused:
        from_environment({"STUDIO_SECRET_KEY": "hush-hush-hush"})
    assert "32 characters" in str(refused.value)
    assert "hush" not in str(refused.value)


def test_a_language_outside_the_twelve_cannot_be_offered():
    with pytest.raises(SettingsError, match="STUDIO_LANGUAGES has “xx”"):
        from_environment({"STUDIO_LANGUAGES": "en,xx"})


@pytest.mark.parametrize(("address", "https"), [("", False), ("http://localhost:8000", False), ("https://a.b", True)])
def test_cookies_may_demand_encryption_only_where_there_is_some(address, https):
    assert from_environment({"STUDIO_BASE_URL": address}).https is https
