"""Accounts, second factors, addresses, sessions and tokens, as both databases keep them."""

from dataclasses import replace

import pytest

from sayso.errors import Refused
from sayso.store import ApiToken, Invitation, Store
from tests.store import factory as f

INVITED = Invitation(token_hash="i1", role="chief", invited_by="Ana", at=f.at(0), until=f.at(60))
TOKEN = ApiToken(
    token_hash="t1", name="feed", user="Ana", scopes="read submit", at=f.at(0), until=f.at(60), used_at=None
)


@pytest.fixture
def two(store: Store) -> Store:
    """A store with one admin and one editor."""
    store.add_user("Ana", password_hash="a", role="admin", at=f.at(0))
    store.add_user("Bo", password_hash="b", role="editor", at=f.at(0))
    return store


def test_somebody_is_always_left_who_can_change_people(two: Store) -> None:
    for act in (lambda: two.change_role("Ana", "chief"), lambda: two.close_user("Ana")):
        with pytest.raises(Refused, match="last admin"):
            act()
    two.change_role("Ana", "admin")
    two.change_role("Bo", "admin")
    two.close_user("Ana")
    with pytest.raises(Refused, match="last admin"):
        two.close_user("Bo")
    with pytest.raises(Refused, match="no account"):
        two.change_role("Ana", "editor")
    assert [(u.name, u.role, u.closed) for u in two.users()] == [("Bo", "admin", False), ("Ana", "admin", True)]


def test_all_that_an_account_had_ends_with_it(two: Store) -> None:
    two.change_role("Bo", "admin")
    two.open_session("s1", user="Ana", at=f.at(0), until=f.at(60))
    two.add_token(TOKEN)
    two.set_second("Ana", b"secret", codes=("c1",))
    two.invite(INVITED)
    two.invite(replace(INVITED, token_hash="i2", invited_by="Bo", user="Ana"))
    two.invite(replace(INVITED, token_hash="i3", invited_by="Bo"))
    two.close_user("Ana")
    assert two.session("s1", at=f.at(1)) is None
    assert (two.token("t1"), two.recovery_codes_left("Ana"), two.second_secret("Ana")) == (None, 0, None)
    assert [i.token_hash for i in two.invitations(at=f.at(1))] == ["i3"]
    assert two.password_hash("Ana") is None
    with pytest.raises(Refused, match="was an account"):
        two.add_user("ANA", password_hash="x", role="editor", at=f.at(1))


def test_an_address_works_once_and_in_time(two: Store) -> None:
    two.invite(INVITED)
    with pytest.raises(Refused, match="was an account"):
        two.take_invitation("i1", name="bo", password_hash="x", at=f.at(1))
    assert two.take_invitation("i1", name="Cy", password_hash="c", at=f.at(1)) == INVITED
    for token, at in (("i1", 1), ("i9", 1)):
        with pytest.raises(Refused, match="used already"):
            two.take_invitation(token, name="Di", password_hash="d", at=f.at(at))
    two.invite(replace(INVITED, token_hash="i2"))
    with pytest.raises(Refused, match="used already"):
        two.take_invitation("i2", name="Di", password_hash="d", at=f.at(60))
    cy = two.user("Cy")
    assert cy and (cy.role, cy.password_hash) == ("chief", "c")


def test_a_newer_address_for_an_account_ends_the_older_and_leaves_those_of_others(two: Store) -> None:
    two.invite(INVITED)
    two.invite(replace(INVITED, token_hash="i2", user="Bo"))
    two.invite(replace(INVITED, token_hash="i3", user="Bo"))
    two.invite(replace(INVITED, token_hash="i4"))
    assert {i.token_hash for i in two.invitations(at=f.at(1))} == {"i1", "i3", "i4"}
    two.open_session("s1", user="Bo", at=f.at(0), until=f.at(60))
    two.take_invitation("i3", name="Bo", password_hash="new", at=f.at(1))
    assert two.password_hash("Bo") == "new"
    assert two.session("s1", at=f.at(1)) is None
    assert two.take_back_invitation("i1")
    assert not two.take_back_invitation("i1")


def test_addresses_of_who_is_no_admin_any_more_end(two: Store) -> None:
    two.change_role("Bo", "admin")
    two.invite(INVITED)
    two.invite(replace(INVITED, token_hash="i2", invited_by="Bo"))
    two.change_role("Ana", "admin")
    assert len(two.invitations(at=f.at(1))) == 2
    two.change_role("Ana", "chief")
    assert [i.token_hash for i in two.invitations(at=f.at(1))] == ["i2"]


def test_no_step_and_no_recovery_code_is_taken_twice(two: Store) -> None:
    two.set_second("Bo", b"secret", codes=("c1", "c2"))
    assert [two.take_step("Bo", n) for n in (7, 7, 6, 8)] == [True, False, False, True]
    assert [two.take_recovery_code("Bo", c) for c in ("c1", "c1", "c9")] == [True, False, False]
    assert not two.take_recovery_code("Ana", "c2")
    two.set_second("Bo", b"another", codes=("c3",))
    assert two.take_step("Bo", 1), "steps of another secret begin anew"
    assert two.recovery_codes_left("Bo") == 1


def test_sessions_are_listed_prolonged_and_ended(two: Store) -> None:
    for n in range(3):
        two.open_session(f"s{n}", user="Bo", at=f.at(n), until=f.at(60))
    two.open_session("w", user="Bo", at=f.at(3), until=f.at(60), waits=True)
    assert [s.token_hash for s in two.sessions_of("Bo", at=f.at(4))] == ["s2", "s1", "s0"]
    two.prolong_session("s1", until=f.at(90))
    assert [s.token_hash for s in two.sessions_of("Bo", at=f.at(70))] == ["s1"]
    assert two.close_sessions("Bo", but="s1") == 3
    assert two.session("w", at=f.at(4)) is None


def test_a_token_is_used_and_revoked(two: Store) -> None:
    two.add_token(TOKEN)
    two.add_token(replace(TOKEN, token_hash="t2", user="Bo", at=f.at(1)))
    assert [t.token_hash for t in two.tokens()] == ["t2", "t1"]
    assert two.tokens("Ana") == (TOKEN,)
    two.note_token_used("t1", at=f.at(5))
    assert two.token("t1") == replace(TOKEN, used_at=f.at(5))
    assert two.revoke_token("t1")
    assert not two.revoke_token("t1")


def test_the_list_of_actions_is_filtered(store: Store) -> None:
    for n, (user, action) in enumerate([("Ana", "held"), ("Bo", "held"), ("Ana", "published")]):
        store.note_staff(user, action, at=f.at(n), detail=str(n))
    assert [n.detail for n in store.staff_log(limit=9, user="Ana")] == ["2", "0"]
    assert [n.detail for n in store.staff_log(limit=9, action="held", before=f.at(1))] == ["0"]
    assert store.staff_actions() == (("Ana", "Bo"), ("held", "published"))
