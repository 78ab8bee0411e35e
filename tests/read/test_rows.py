"""Claims and conflicts in the form of the scheme's files."""

from sayso.model.rows import claim_to_row, conflict_from_parties_json
from sayso.model.setting import Setting
from tests.read.factory import DAY, claims, reader

KEYS = {
    "type", "sub", "attr", "actor", "subject", "who", "qty", "part_of", "places", "from", "to", "polarity", "modality",
    "target", "span", "evidence", "rule", "why", "dated",
}  # fmt: skip


def test_a_row_has_all_keys_of_the_scheme() -> None:
    (claim, *_) = claims("More than 30 soldiers were killed, the Tarskian army said.")
    row = claim_to_row(claim)
    assert set(row) == KEYS
    assert set(row["attr"]) == {"speaker", "role", "org", "kind", "side", "channel", "quote", "cue", "hedge", "via"}
    assert row["qty"] == {
        "n": 30, "low": 31, "high": None, "exact": False, "cmp": "more_than", "unit": "soldiers", "scope": None, "since": None,
    }  # fmt: skip


def test_a_parties_file_becomes_a_conflict_and_groups_inside_groups_are_opened() -> None:
    data = {
        "parties": {"A": ["Arn"], "B": ["Bel"], "C": ["Cor"]},
        "groups": {"BC": ["B", "C"], "BOTH": ["A", "BC", "BOTH"]},
        "third": {"N": ["Nor"]},
        "bodies": [{"names": ["Arn army"], "kind": "army", "side": "A"}],
        "people": [{"name": "X Y", "names": [], "role": "mayor", "body": None, "kind": "local_authority", "side": "A"}],
        "places": [{"names": ["Zed", "Zet"], "side": None}],
    }
    made = conflict_from_parties_json(data, "x")
    assert made.members("BOTH") == ("A", "B", "C") and made.members("BC") == ("B", "C")
    assert made.people[0].kind == "local_authority" and made.places[0].names == ("Zed", "Zet")


def test_a_row_is_read_with_what_its_page_establishes() -> None:
    context = {"last_source": "Tarskian army", "heading": "Lisk under fire"}
    (passage,) = reader().read_row("Two people were killed.", Setting(published=DAY), context)
    (claim,) = passage.claims
    assert (claim.attr.kind, claim.attr.side, claim.attr.inferred, claim.subject) == ("army", "AA", True, "AA")


def test_items_under_a_side_s_heading_are_its_government_s() -> None:
    (passage,) = reader().read_row(
        "Two soldiers were wounded.", Setting(published=DAY), {"list_heading": "News from Ondria"}
    )
    (claim,) = passage.claims
    assert (claim.attr.kind, claim.attr.side, claim.subject) == ("government", "BB", "BB")
