"""A teller on a narrow phone, in Arabic, without scripts: forms, a name, a code, and taking the story back."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager

import pytest
from running import passphrases
from sqlalchemy import select
from walking import PHONE, Walkers, send

from studio.core import clock
from studio.core.settings import Settings
from studio.guides import operations as kernel
from studio.guides.fields import TextFields
from studio.guides.models import Translation
from studio.guides.rules.consent import Scope
from studio.guides.rules.statuses import Kind, Significance
from studio.members.models import Member
from studio.storage.engine import begin_write, make_engine, make_sessions

pytestmark = pytest.mark.browser
BODY = "تنفّس.\n\n## اختيار شخص واحد\n\nشخص كان لطيفًا من قبل.\n"
FIELDS = TextFields(
    title="طريقي الهادئ",
    summary="خطوات صغيرة.",
    neutral_title="صفحات للقراءة",
    content_notes=("none",),
    changelog="الطبعة الأولى",
)


@contextmanager
def writing(house):
    settings = Settings(data=house.data / "practice", database_url=f"sqlite:///{house.data}/practice/studio.db")
    engine = make_engine(settings.database_url)
    with make_sessions(engine)() as session:
        begin_write(session)
        yield session
        session.commit()
    engine.dispose()


def fits(page):
    """Whether nothing of a page is wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.fixture(scope="module")
def house(practice_of_its_own):
    with practice_of_its_own("teller") as made:
        yield made


def test_forms_name_code_and_taking_back_on_a_phone(house, chromium):
    with writing(house) as session:
        teller = session.scalars(select(Member).where(Member.pen_name == "نورس")).one()
        story = kernel.start_guide(
            session,
            teller.id,
            fields=FIELDS,
            language="ar",
            body=BODY,
            kind=Kind.STORY,
            topics=["telling"],
            now=clock.now(),
        )
        kernel.save_version(session, teller.id, story, significance=Significance.CONTENT, note="", now=clock.now())
        place = f"/studio/guides/{story.guide_id}/ar/"
        text_id = story.id
    walkers = Walkers(house, chromium)
    page = walkers.somebody(locale="ar", viewport=PHONE, java_script_enabled=False)
    page.goto("/studio/sign-in")
    page.fill("#pen_name", "نورس")
    page.fill("#passphrase", passphrases(house)["نورس"])
    send(page, 'form[action="/studio/sign-in"] button')
    page.goto(place)
    forms = f'form[action="{place}story-forms"]'
    page.locator(f"details:has({forms}) > summary").click()
    page.check(f'{forms} input[value="{Scope.FILES}"]')
    send(page, f"{forms} button")
    credit = f'form[action="{place}credit"]'
    page.check(f'{credit} input[value="name"]')
    send(page, f"{credit} button")
    assert page.is_checked(f'{credit} input[value="name"]')
    assert page.get_attribute("html", "dir") == "rtl"
    folded = page.locator("section:has(#your-story) details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    assert fits(page)
    code_form = f'form[action="{place}story-code"]'
    send(page, f"{code_form} button")
    code = re.search(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", page.content())[0]
    reader = walkers.somebody(locale="ar", viewport=PHONE, java_script_enabled=False)
    reader.goto("/withdraw")
    assert fits(reader)
    assert reader.get_attribute("html", "dir") == "rtl"
    reader.fill("#code", code.lower())
    reader.check('input[name="sure"]')
    time.sleep(3.2)
    send(reader, "main form button")
    assert "لم تعد القصة في هذا البيت" in reader.content()
    assert page.goto(place).status == 404
    with writing(house) as session:
        assert session.get(Translation, text_id) is None
