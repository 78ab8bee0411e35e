"""What one shift is told of the one before, and what a note leaves behind when its subject is taken down."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sayso.errors import Refused
from sayso.flow.arrival.pausing import pause
from sayso.flow.clock import world_now
from sayso.flow.desk.handover import A_SHIFT, LONGEST_NOTE, Shifts
from sayso.flow.desk.regrouping import Regrouping
from sayso.flow.desk.review import Review
from sayso.flow.newsroom import Newsroom
from sayso.flow.shift.staff import STAFF_LOG_KEPT
from sayso.model.draft import Composed, Draft
from sayso.model.event import Gone
from sayso.model.outgoing import Deed, Outgoing
from sayso.store.shifts import FORGOTTEN
from tests.desk.factory import GUARD, POST
from tests.web.desk_room import newsroom, take_in

KILLED = "The Tesk Guard said {} soldiers were killed near Ubel."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = newsroom(tmp_path)
    yield made
    made.store.close()


def published(room: Newsroom, n: int) -> str:
    it = take_in(room, KILLED.format(n))
    Review(room).publish(it.id, accepted=(0,), seen=(f"{it.id}.0",), who="ben")
    return it.id


def leave(room: Newsroom) -> datetime:
    """A time after all that happened so far and before all that will."""
    take_in(room, f"A word that divides {room.store.size()}.", GUARD)
    (last,) = [r.at for r in room.store.rows()][-1:]
    return last


def test_only_what_happened_since_is_told(room: Newsroom) -> None:
    one, two, three = (published(room, n) for n in (11, 12, 13))
    left, review = leave(room), Review(room)
    review.correct(one, wrong="It was eleven, not twelve.", who="ben")
    review.withdraw(two, reason="A mistake of ours.", who="ben")
    review.take_down(three, reason="A life was at risk.", who="ben")
    four = published(room, 14)
    held = take_in(room, KILLED.format(15), GUARD)
    review.hold(held.id, reason="Ask the Guard.", who="ben")
    changed = take_in(room, KILLED.format(16), POST)
    take_in(room, KILLED.format(17), POST, key=changed.key, version=2)
    it = Shifts(Review(room)).handover("ada", since=left)
    assert [t.path for t in it.published] == [f"s/{four}"]
    assert [t.what.endswith("It was eleven, not twelve.") for t in it.corrected] == [True]
    assert [t.what.rpartition(": ")[2] for t in it.taken_back] == ["A life was at risk.", "A mistake of ours."]
    assert [t.path for t in it.taken_back] == ["", f"s/{two}"]
    assert (it.came_in, it.changed, it.gone) == (4, 1, 0)
    assert it.by_source == (("Lake Post", 2), ("Tesk Guard", 1))
    assert [(h.statement.id, h.reason) for h in it.held] == [(held.id, "Ask the Guard.")]
    assert it.waiting == room.store.counts_by_state()["held"] + room.store.counts_by_state().get("new", 0)
    assert not it.guessed


def test_decisions_troubles_and_alerts_are_told(room: Newsroom) -> None:
    one, left = published(room, 11), leave(room)
    ((question, _, _),) = room.store.questions()
    Regrouping(room).move(f"{one}.0", question=question, into=None, reason="another ambush", who="ben")
    room.store.note_fetch("post", at=world_now(), ok=False, error="no answer")
    pause(room, "guard", who="ben")
    gone = take_in(room, KILLED.format(18))
    with room.store.write(actor="intake", at=world_now()) as w:
        w.append(Gone(statement=gone.id, last_seen_at=room.clock.now()))
    it = Shifts(Review(room)).handover("ada", since=left)
    assert len(it.decided) == 1 and it.decided[0].path.startswith("q/")
    assert [(s.source.name, s.state) for s in it.trouble] == [("guard", "paused"), ("post", "failing")]
    assert [(a.kind, a.path) for a in it.alerts if a.kind == "gone"] == [("gone", f"s/{gone.id}")] and it.gone == 1
    assert Shifts(Review(room)).handover("ada", since=world_now()).decided == ()


def test_what_is_written_or_did_not_go_out_is_open(room: Newsroom) -> None:
    room.store.add_draft(
        Draft(id="d1", user="ben", updated_at=world_now(), version=1, composed=Composed(head="The bridge"))
    )
    it = take_in(room, KILLED.format(11), GUARD)
    deed = Deed(kind="publish", statement=it.id)
    out = Outgoing(id="o1", about=it.id, title="Tesk Guard: 11", user="ben", at=world_now(), due_at=world_now(),
                   needs_second=False, deed=deed)  # fmt: skip
    room.store.queue_out(out)
    assert room.store.fail("o1", "It changed meanwhile.")
    open_ = Shifts(Review(room)).handover("ada")
    assert [(d.id, d.composed.head) for d in open_.drafts] == [("d1", "The bridge")]
    assert [(o.title, o.failed) for o in open_.outgoing] == [("Tesk Guard: 11", "It changed meanwhile.")]


def test_without_a_time_it_is_since_this_person_left(room: Newsroom) -> None:
    now, shifts = world_now(), Shifts(Review(room))
    guessed = shifts.handover("ada")
    assert guessed.guessed and abs(guessed.since - (now - A_SHIFT)) < timedelta(minutes=1)
    for hours, user in ((30, "ada"), (9, "ada"), (0, "ada"), (4, "ben")):
        room.store.note_staff(user, "published", at=now - timedelta(hours=hours))
    it = shifts.handover("ada")
    assert (it.since, it.guessed) == (now - timedelta(hours=9), False)
    with pytest.raises(Refused, match="not come yet"):
        shifts.handover("ada", since=now + timedelta(days=1))


def test_notes_are_kept_for_the_next_shift_and_forgotten_like_the_staff_log(room: Newsroom) -> None:
    room.store.add_shift_note("ben", "An old one.", at=world_now() - STAFF_LOG_KEPT - timedelta(days=1))
    shifts = Shifts(Review(room))
    shifts.write("  Call the Guard back at nine.\r\nThen sleep.\n", who="ben")
    (note,) = shifts.handover("ada").notes
    assert (note.user, note.text) == ("ben", "Call the Guard back at nine.\nThen sleep.")
    assert [n.action for n in room.store.staff_log(limit=1)] == ["wrote a shift note"]
    for text, why in (("  \n", "Write something"), ("x" * (LONGEST_NOTE + 1), "make it shorter")):
        with pytest.raises(Refused, match=why):
            shifts.write(text, who="ben")


def test_a_note_is_in_no_row_of_the_ledger(room: Newsroom) -> None:
    rows = room.store.size()
    Shifts(Review(room)).write("CANARY of the desk", who="ben")
    assert room.store.size() == rows


def test_a_note_that_names_what_is_taken_down_is_erased_with_it(room: Newsroom, tmp_path: Path) -> None:
    one, shifts = published(room, 11), Shifts(Review(room))
    shifts.write(f"CANARY: look at /desk/c/orland/s/{one} again.", who="ben")
    shifts.write("The Guard answers after eight.", who="ben")
    Review(room).take_down(one, reason="A life was at risk.", who="ben")
    assert [n.text for n in shifts.handover("ada").notes] == ["The Guard answers after eight.", FORGOTTEN]
    assert not [f for f in tmp_path.rglob("*") if f.is_file() and b"CANARY" in f.read_bytes()]
