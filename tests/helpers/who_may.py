"""Who may do what: a line for each address and method of the house, told as data.

``may`` names the roles; ``own`` says whether it is different for a text that one wrote oneself. ``thing`` is what the
address names; ``fits`` are the states of a text in which it can be done, ``fine`` the answers then and ``misfit`` those
in the other states. Whoever may not know of a thing gets 404, whoever may know of it but not do this gets 403, and
whoever is not signed in is led to the door (GET) or gets 401 with the text given back (POST).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

STATES: Final = ("draft", "in_review", "wished", "approved", "scheduled", "live", "down", "archived")
Thing = Literal[
    "",
    "text",
    "check",
    "wish",
    "image",
    "version",
    "notice",
    "visit",
    "member",
    "invitation",
    "thread",
    "hunk",
    "suggestion",
    "guest",
    "reading",
    "urgent",
    "note",
    "collection",
    "answer",
]
Own = Literal["same", "never", "always"]

EVERYBODY: Final = frozenset({"nobody", "suspended", "writer", "checker", "editor", "organiser"})
MEMBERS: Final = frozenset({"writer", "checker", "editor", "organiser"})
EDITORS: Final = frozenset({"editor"})
ORGANISERS: Final = frozenset({"organiser"})
CAUTIOUS: Final = frozenset({"checker", "editor", "organiser"})
GUESTS: Final = frozenset({"nobody", "suspended"})
"""Whoever is not signed in; a link is their permission."""
CHECKERS: Final = frozenset({"checker", "editor"})


@dataclass(frozen=True, slots=True)
class Row:
    """One address with one method."""

    endpoint: str
    method: str
    may: frozenset[str]
    thing: Thing = ""
    fits: tuple[str, ...] = STATES
    fine: tuple[int, ...] = (200,)
    misfit: tuple[int, ...] = (409,)
    own: Own = "same"
    form: str = ""
    """Name of the form that is sent; see ``standing_house.Forms``."""
    known: tuple[str, ...] = ()
    """States in which a text that is for its team can be acted on by everybody in ``may``: readers have it."""
    tried: tuple[str, ...] = STATES
    """The states in which it is tried by those who may; fewer where each try starts a program."""

    def __str__(self) -> str:
        """Name the row in a test's id."""
        return f"{self.method} {self.endpoint}"


def _get(endpoint: str, may: frozenset[str], thing: Thing = "", **more: object) -> Row:
    return Row(endpoint, "GET", may, thing, **more)  # type: ignore[arg-type]  # names are those of Row


def _post(endpoint: str, may: frozenset[str], thing: Thing = "", form: str = "", **more: object) -> Row:
    return Row(endpoint, "POST", may, thing, form=form, **{"fine": (303,), **more})  # type: ignore[arg-type]  # as above


CHECKED: Final = ("approved", "scheduled")
RUNNING: Final = ("in_review", "wished")
PUBLIC_STATES: Final = ("live", "down")
OPEN: Final = tuple(state for state in STATES if state != "archived")
ROWS: Final = (
    # The doors
    _get("members.doors.sign_in", EVERYBODY, fine=(200, 303)),
    _post("members.doors.sign_in_post", EVERYBODY, form="wrong_passphrase", fine=(422,)),
    _post("members.doors.sign_out", EVERYBODY, fine=(200,)),
    _get("members.newcomers.by_code", EVERYBODY),
    _post("members.newcomers.by_code_post", EVERYBODY, form="wrong_code", fine=(422,)),
    # One's own page
    _get("members.newcomers.welcome", MEMBERS),
    _get("members.own.home", MEMBERS),
    _get("members.own.passphrase", MEMBERS),
    _post("members.own.passphrase_post", MEMBERS, form="wrong_passphrase", fine=(422,)),
    _post("members.own.codes", MEMBERS, fine=(200,)),
    _post("members.own.drawing", MEMBERS),
    _post("members.own.language", MEMBERS, form="language"),
    _post("members.own.reads", MEMBERS, form="reads"),
    _post("members.own.end_others", MEMBERS),
    _post("members.own.end_visit", MEMBERS, "visit"),
    # People
    _get("members.people.home", ORGANISERS),
    _post("members.people.invite", ORGANISERS, fine=(200,)),
    _post("members.people.revoke", ORGANISERS, "invitation"),
    _get("members.people.person", ORGANISERS, "member"),
    _post("members.people.roles", ORGANISERS, "member"),
    _post("members.people.trainings", ORGANISERS, "member"),
    _post("members.people.suspend", ORGANISERS, "member"),
    _post("members.people.unsuspend", ORGANISERS, "member"),
    _post("members.people.let_in", ORGANISERS, "member", fine=(200,)),
    # The desk and the texts
    _get("dashboard.desk", MEMBERS),
    _get("dashboard.texts", MEMBERS),
    _get("dashboard.text", MEMBERS, "text"),
    # Whose story it is: nobody's here, for all these texts are guides.
    _post("teller.take_back", MEMBERS, "text", fine=(403,)),
    _post("teller.again", MEMBERS, "text", form="seen_words", fine=(403,)),
    _post("teller.forms_of_story", MEMBERS, "text", form="story_forms", fine=(403,)),
    _post("teller.longer", MEMBERS, "text", fine=(403,)),
    _post("teller.code_of_story", MEMBERS, "text", fine=(403,)),
    _post("teller.erase", MEMBERS, "text", form="sure", fine=(403,)),
    # How readers are told of oneself; it counts once one wrote there.
    _post("credit.choose", MEMBERS, "text", form="credit"),
    # Urgent safety fixes: none waits here, so nobody can agree to one or drop it.
    _get("urgent.show", MEMBERS, "text", fits=("live",)),
    _post("urgent.propose", EDITORS, "text", form="urgent", fits=("live",)),
    _post("urgent.agree", MEMBERS, "urgent", form="seen_words", fine=(404,)),
    _post("urgent.drop", EDITORS, "urgent", fine=(404,)),
    # The record of a text, and notes to the organisers
    _get("record.show", MEMBERS, "text"),
    _get("record.save", MEMBERS, "text"),
    _post("record.name", MEMBERS, "text", form="named"),
    _get("notes.ask", MEMBERS),
    _post("notes.write", MEMBERS, form="note"),
    _get("notes.ask_about", MEMBERS, "text"),
    _post("notes.write_about", MEMBERS, "text", form="note"),
    _get("notes.home", ORGANISERS),
    _post("notes.handled", ORGANISERS, "note"),
    _post("notes.delete", ORGANISERS, "note"),
    # What readers say: the one that stands here says that a text could harm somebody, which checkers see too
    _get("answers.home", CAUTIOUS),
    _get("answers.message", CAUTIOUS, "answer"),
    _post("answers.take", EDITORS, "answer", form="seen_answer"),
    _post("answers.give_back", EDITORS, "answer"),
    _post("answers.sort", EDITORS, "answer", form="sorted_answer"),
    _post("answers.talk", EDITORS, "answer", form="talked_answer"),
    _post("answers.pass_on", EDITORS, "answer", form="seen_answer"),
    _post("answers.close", EDITORS, "answer", form="closed_answer"),
    _post("answers.put_away", MEMBERS, form="echo"),
    # Writing
    _get("editor.starting.new", MEMBERS),
    _post("editor.starting.begin", MEMBERS, form="title"),
    _get("editor.starting.doors", MEMBERS, "text"),
    _post("editor.starting.first", MEMBERS, "text", form="boxes", fits=OPEN),
    _post(
        "editor.starting.open_file", MEMBERS, "text", form="word_file", fits=OPEN, tried=("draft", "live", "archived")
    ),
    _get("editor.starting.translate", MEMBERS, "text"),
    _post("editor.starting.begin_translation", MEMBERS, "text", form="translation"),
    _get("editor.writing.write", MEMBERS, "text"),
    _post("editor.writing.save", MEMBERS, "text", form="writing", fits=OPEN),
    _get("editor.writing.preview", MEMBERS, "text"),
    _post("editor.writing.check_preview", MEMBERS, "text", form="writing", fits=OPEN),
    _post("editor.writing.shown", MEMBERS, "text", form="writing", fine=(200,)),
    _get("editor.writing.version", MEMBERS, "text"),
    _post("editor.writing.save_version", MEMBERS, "text", form="version", fits=OPEN),
    _get("editor.images.show", MEMBERS, "text"),
    _post("editor.images.add", MEMBERS, "text", form="picture", fits=OPEN, fine=(200,)),
    _get("editor.images.image", MEMBERS, "image"),
    _get("editor.history.all_versions", MEMBERS, "text"),
    _get("editor.history.compare", MEMBERS, "text"),
    _get("editor.history.one_version", MEMBERS, "version"),
    _post("editor.history.restore", MEMBERS, "version", fits=OPEN),
    # Comments and suggestions
    _get("editor.talk.home", MEMBERS, "text"),
    _get("editor.talk.told", MEMBERS, "text"),
    _get("editor.talk.passages", MEMBERS, "text"),
    _get("editor.talk.ask", MEMBERS, "text"),
    _post("editor.talk.open", MEMBERS, "text", form="comment"),
    _get("editor.talk.thread", MEMBERS, "thread"),
    _post("editor.talk.answer", MEMBERS, "thread", form="comment"),
    _post("editor.talk.settle", MEMBERS, "thread"),
    _get("editor.suggestions.write", MEMBERS, "text"),
    _post("editor.suggestions.propose", MEMBERS, "text", form="suggestion", fits=OPEN),
    _get("editor.suggestions.home", MEMBERS, "text"),
    # Each was suggested by somebody else; one's own is taken back, never taken.
    _post("editor.suggestions.decide", MEMBERS, "hunk", form="taken", fits=OPEN),
    _post("editor.suggestions.accept_all", MEMBERS, "suggestion", fits=OPEN),
    # Checks
    _get("review.handing_in.ask", MEMBERS, "text"),
    _post("review.handing_in.answer", MEMBERS, "text", form="hand_in", fits=("draft",), misfit=(303, 409, 422)),
    _post("review.handing_in.take_back", EDITORS, "text", fits=RUNNING, misfit=(303, 409), own="always"),
    _post("review.handing_in.invite", MEMBERS, "text", form="invite"),
    _get("review.hinting.show", MEMBERS, "text"),
    _post("review.hinting.answer", MEMBERS, "text", form="hint", fits=OPEN),
    _get("review.hinting.words", MEMBERS),
    _post("review.hinting.agree", MEMBERS, form="words_agreed"),
    _get("review.checks.home", MEMBERS),
    _get("review.checks.check", MEMBERS, "check"),
    _get("review.checks.reminder", MEMBERS, "check"),
    _get("review.candidates.form", MEMBERS, "check"),
    _post("review.checks.take", MEMBERS, "check", own="never"),
    _post("review.checks.answer", MEMBERS, "check", form="agree", own="never"),
    _post("review.checks.seen", MEMBERS, "notice"),
    _get("review.asking.all_pieces", MEMBERS),
    _post("review.asking.ask", frozenset({"editor", "organiser"}), "check", form="asked", own="always"),
    _post("review.asking.not_now", MEMBERS, "check"),
    _post("review.resting.pause", MEMBERS, form="rest"),
    _post("review.resting.back", MEMBERS),
    _get("review.waiting.home", ORGANISERS),
    _get("review.organising.policy", MEMBERS),
    _post("review.organising.choose", ORGANISERS, form="policy"),
    _post("review.organising.override", ORGANISERS, "check", form="reason", own="never"),
    _post("review.organising.set_aside", ORGANISERS, "wish", form="reason", own="never"),
    # Guests; each link was made by the organiser
    _get("review.guests.home", MEMBERS, "check"),
    _post("review.guests.make", ORGANISERS, "check", form="guest", fine=(200,)),
    _post("review.guests.confirm", EDITORS, "guest", own="never", fine=(409,)),
    _post("review.guests.revoke", ORGANISERS, "guest"),
    _get("review.reading.home", GUESTS, "reading"),
    _get("review.reading.text", GUESTS, "reading"),
    _get("review.reading.media", GUESTS, "reading"),
    _post("review.reading.answer", GUESTS, "reading", form="guest_answer", fine=(422,)),
    # Publishing
    _get("looking.look", EDITORS, "text", fits=CHECKED),
    _get("looking.page_to_be", EDITORS, "text", fits=CHECKED),
    _get("looking.form_to_be", EDITORS, "text", fits=CHECKED),
    _post("looking.publish", EDITORS, "text", form="publish", fits=CHECKED),
    _get("looking.watch", MEMBERS, "text", fits=("live", "down"), misfit=(409,)),
    _post("publishing.schedule", EDITORS, "text", form="schedule", fits=CHECKED),
    _post("publishing.unschedule", EDITORS, "text", fits=("scheduled",)),
    _post("publishing.address", EDITORS, "text", form="slug"),
    _post("publishing.build_again", EDITORS, "text", fits=("live", "down"), misfit=(404,)),
    _get("publishing.ask_take_down", CAUTIOUS, "text", fits=("live", "down"), known=PUBLIC_STATES),
    # The second click is harmless: who takes down what is down already goes back to the text.
    _post("publishing.take_down", CAUTIOUS, "text", form="reason_down", fits=PUBLIC_STATES, known=PUBLIC_STATES),
    _post("publishing.decide", EDITORS, "text", form="put_back", fits=("down",), known=PUBLIC_STATES),
    _get("still_right.look", MEMBERS, "text", fits=("live",)),
    _post("still_right.recheck", CHECKERS, "text", fits=("live",)),
    _post("still_right.something_must_change", MEMBERS, "text", form="comment", fits=("live",)),
    # Collections; readers have the one that is here
    _get("collections.home", EDITORS),
    _post("collections.begin", EDITORS, form="collection"),
    _get("collections.show", EDITORS, "collection"),
    _post("collections.describe", EDITORS, "collection", form="described"),
    _post("collections.put_in", EDITORS, "collection", form="put_in"),
    _post("collections.take_out", EDITORS, "collection", form="taken_out"),
    _post("collections.place", EDITORS, "collection", form="placed"),
    _post("collections.publish", EDITORS, "collection"),
    _post("collections.take_back", EDITORS, "collection"),
)


@dataclass(frozen=True, slots=True)
class Public:
    """An address that answers everybody alike, signed in or not: ``live`` for a text that readers have."""

    endpoint: str
    method: str = "GET"
    live: tuple[int, ...] = (200,)
    draft: tuple[int, ...] = (404,)
    """For a text that readers do not have, one's own included; empty where the address names no text."""
    down: tuple[int, ...] = (404,)
    form: str = ""

    def __str__(self) -> str:
        """Name the row in a test's id."""
        return f"{self.method} {self.endpoint}"


def _any(endpoint: str, method: str = "GET", live: tuple[int, ...] = (200,), form: str = "") -> Public:
    return Public(endpoint, method, live, (), (), form)


PUBLIC: Final = (
    _any("assets.file"),
    _any("reader.front", live=(302,)),
    _any("reader.library"),
    _any("reader.topic"),
    _any("collected.show"),
    _any("collected.file"),
    Public("reader.guide", down=(410,)),
    _any("reader.about_quiet"),
    Public("reader.quiet_guide", down=(410,)),
    Public("reader.derived"),
    Public("reader.quiet_type"),
    Public("reader.quiet_file"),
    Public("reader.cards"),
    Public("reader.editions"),
    Public("reader.edition", live=(302,)),
    Public("reader.media"),
    _any("trust.how"),
    _any("trust.key"),
    Public("trust.sealed"),
    Public("trust.sealed_quietly"),
    Public("trust.sealed_before"),
    Public("machines.edition"),
    _any("machines.feed"),
    _any("machines.sitemap"),
    _any("machines.robots"),
    _any("machines.health"),
    _any("asking.search"),
    _any("withdrawing.ask"),
    _any("withdrawing.take_back", "POST", live=(422,), form="story_code"),
    _any("asking.search", "POST", form="words"),
    _any("asking.quiet_list"),
    _any("asking.quiet_list", "POST", form="words"),
    _any("asking.check"),
    _any("asking.check_code"),
    _any("asking.check_posted", "POST", form="copy_number"),
    Public("answering.ask"),
    Public("answering.ask_quietly"),
    # Nothing was chosen, so nothing is kept; what readers do not have hears nothing about itself.
    Public("answering.send", "POST", (422,), (410,), (410,)),
    Public("answering.send_quietly", "POST", (422,), (410,), (410,)),
    _any("answering.returning"),
    _any("answering.look_up", "POST", (422,)),
    # A link is its own permission: whoever holds it may use it.
    _any("members.newcomers.join"),
    _any("members.newcomers.join_reminder"),
    _any("members.newcomers.return_reminder"),
    _any("review.reading.reminder"),
    _any("members.newcomers.join_post", "POST", (422,)),
    _any("members.newcomers.come_back"),
    _any("members.newcomers.come_back_post", "POST", (422,)),
)
