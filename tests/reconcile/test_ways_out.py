"""Ways out of a place: announced, open, denied."""

from .factory import claim, denial, said
from .test_answers import ask, state


def test_a_denied_way_out_is_denied_also_before_it_opens() -> None:
    soon = said("a", claim("corridor.opened", actor="AR", places=("Oldham",), modality="plan"))
    no = said("d", denial("CO army", "corridor.opened", actor="AR", places=("Oldham",)), hours=2)
    assert state(ask(soon, no), "a") == "denied"


def test_what_was_open_yesterday_is_not_compared_with_today() -> None:
    there = {"actor": "AR", "places": ("Oldham",)}
    shut = claim("corridor.opened", "CO army", polarity="negated", **there)
    kinds = [ask(said("a", claim("corridor.opened", **there)), said("c", shut, hours=h)).relations for h in (3, 30)]
    assert [r.kind for (r,) in kinds] == ["contradicted", "not_comparable"]
