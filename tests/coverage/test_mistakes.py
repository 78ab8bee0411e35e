"""Every kind of mistake in a coverage's files is found, with its file and line and what to write instead."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from sayso.coverage import check, load, new
from sayso.errors import BadSetting
from sayso.model.coverage import Model
from sayso.model.outgoing import Release
from tests.coverage.factory import COVERAGE, GOOD, PARTIES, PLACES, READERS, REPLAY, SOURCES, write


@dataclass(frozen=True)
class Slip:
    """One edit of a good file, and the line and words of the message that it must bring."""

    file: str
    before: str
    after: str
    line: int
    says: str
    advises: str = ""


SLIPS = [
    Slip("coverage.toml", 'name = "two-banks"', 'name = "Two Banks"', 1, "cannot stand in an address", "small letters"),
    Slip("coverage.toml", 'name = "two-banks"\n', "", 1, "the file has no name", 'name = "my-coverage"'),
    Slip("coverage.toml", "start = 2031-05-02", 'start = "2031-05-02"', 3, "start is not a date", "start = 2031-05-02"),
    Slip("coverage.toml", "start = 2031-05-02", "start = 2031-05-42", 3, "not TOML"),
    Slip("coverage.toml", 'zone = "UTC"', 'zone = "Europe/Kiew"', 4, "is no time zone", '"Europe/Kiev"'),
    Slip("coverage.toml", 'zone = "UTC"', 'zone = "kyiv"', 4, "is no time zone", '"Europe/Kyiv"'),
    Slip("coverage.toml", '["en"]', '["en",\n "English"]', 6, '"English" is not a language code', '"en"'),
    Slip("coverage.toml", '"by_rule"', '"by_rules"', 6, "is not allowed", 'did you mean "by_rule"?'),
    Slip("coverage.toml", '["movement"]', '["movements"]', 7, "no type of claim", 'did you mean "movement"?'),
    Slip("coverage.toml", '["movement"]', '["movement"]\nlanguage = "tlh"', 8, "no catalogue", '"en", "ar"'),
    Slip("coverage.toml", "languages", "langauges", 5, '"langauges" is not known here', 'did you mean "languages"?'),
    Slip("coverage.toml", '"War of two banks"', '"War of two banks', 2, "not TOML", "close the quotation mark"),
    Slip("coverage.toml", '"War of two banks"', "War of two banks", 2, "not TOML", "between quotation marks"),
    Slip("coverage.toml", '["movement"]', '["movement"', 7, "not TOML", "close the bracket"),
    Slip("coverage.toml", '["movement"]', '["movement"]\n[reply]\nport = 1', 8, '"reply" is not known', '"replay"'),
    Slip("coverage.toml", '["movement"]', f'["movement"]{REPLAY}day_s = 0', 14, "day_s = 0 is not a number from 1"),
    Slip("coverage.toml", '["movement"]', f'["movement"]{REPLAY}speed = 2', 14, '"speed" is not known here'),
    Slip(
        "coverage.toml",
        '["movement"]',
        f'["movement"]{REPLAY}'.replace("opens_at = 2031-05-03", "opens_at = 2031-05-09"),
        12,
        "does not open between",
    ),
    Slip(
        "coverage.toml",
        '["movement"]',
        f'["movement"]{REPLAY}'.replace("02T00:00:00+00:00", "02"),
        11,
        "not a time with its",
    ),
    Slip("coverage.toml", '["movement"]', f'["movement"]{REPLAY}'.replace('"coverage', '"no'), 9, "there is no file"),
    Slip(
        "coverage.toml", '["movement"]', f'["movement"]{READERS}'.replace("true", '"yes"'), 9, "neither true nor false"
    ),
    Slip(
        "coverage.toml", '["movement"]', f'["movement"]{READERS}'.replace("parser", "pasrer"), 9, "not known", "parser"
    ),
    Slip("coverage.toml", '["movement"]', f'["movement"]{READERS}'.replace("https", "ftp"), 11, "is not a web address"),
    Slip(
        "coverage.toml",
        '["movement"]',
        f'["movement"]{READERS}'.replace("timeout_s = 8", "timeout_s = 0"),
        14,
        "number",
    ),
    Slip("coverage.toml", '["movement"]', f'["movement"]{READERS}'.replace('model = "m"\n', ""), 10, "has no model"),
    Slip("coverage.toml", '["movement"]', f'["movement"]{READERS}'.replace("= 60", "= 60.5"), 15, "not a whole number"),
    Slip(
        "coverage.toml",
        '["movement"]',
        f'["movement"]{READERS}'.replace('"M_KEY"', '"sk-77"'),
        13,
        "is not the name of",
    ),
    Slip("coverage.toml", '["movement"]', '["movement"]\n[reader]\nmodel = "m"', 9, "is not a table", "[reader.model]"),
    Slip(
        "coverage.toml",
        '["movement"]',
        '["movement"]\n[desk]\nundo_s = -1',
        9,
        "is not a number from 0",
        "undo_s = 10",
    ),
    Slip(
        "coverage.toml",
        '["movement"]',
        '["movement"]\n[desk]\nsecond_pair = "some"',
        9,
        '"some" is not allowed',
        "none",
    ),
    Slip("coverage.toml", '["movement"]', '["movement"]\n[desk.delays]\nmoving = 5', 9, "no type of claim", "movement"),
    Slip("parties.toml", 'id = "SE"', 'id = "NO"', 6, 'the id "NO" is given twice, first in line 2'),
    Slip("parties.toml", 'id = "SE"', 'id = "S E"', 6, "not a short id"),
    Slip("parties.toml", 'names = ["Sedd", "sedd*"]\n', "", 5, "[[party]] has no names"),
    Slip(
        "parties.toml",
        '"sedd*"]',
        '"Norrin"]',
        7,
        '"Norrin" names two things: the party NO (line 3)',
        "leave it to one",
    ),
    Slip("parties.toml", '"sedd*"]', '\n "norrin"]', 8, '"norrin" names two things'),
    Slip(
        "parties.toml",
        '"sedd*"]',
        '"Norrinsk"]',
        3,
        'the stem "norrin*" of the party NO also fits "Norrinsk"',
        "longer",
    ),
    Slip("parties.toml", '"sedd*"]', '"se*"]', 7, "fits too many words", "at least 3 letters"),
    Slip("parties.toml", '["Sedd", "sedd*"]', '["sedd*"]', 7, "is shown on pages"),
    Slip("parties.toml", '"sedd*"]', '"se*dd"]', 7, 'has a "*" inside a word'),
    Slip("parties.toml", '"sedd*"]', '"Sedd"]', 7, "stands twice in names", "leave the second one out"),
    Slip("parties.toml", '"sedd*"]', "7]", 7, "not a text"),
    Slip("parties.toml", '["NO",\n', '["NA",\n', 12, 'has "NA" as a member, which is no party'),
    Slip("parties.toml", '["NO",\n', '["BANKS",\n', 12, "the group BANKS is a member of itself"),
    Slip("parties.toml", "{party", "{patry", 13, '"patry" is not known here', 'did you mean "party"?'),
    Slip(
        "parties.toml",
        "since = 2031-05-06",
        "since = 2031-05-06, until = 2031-05-04",
        13,
        "leaves the group BANKS before",
    ),
    Slip("parties.toml", '"NO",\n', '"NO", "SE",\n', 13, "SE is in the group twice on the same days"),
    Slip(
        "parties.toml",
        "[[third]]",
        '[[group]]\nid = "OLD"\nnames = ["old camp"]\nmembers = [{party = "SE", until = 2031-05-06}]\n\n[[third]]',
        18,
        "SE is in the groups BANKS and OLD at once, from 2031-05-06 to 2031-05-06",
        "on the day before",
    ),
    Slip(
        "parties.toml",
        "[[third]]",
        '[[group]]\nid = "ALL"\nnames = ["all"]\nmembers = ["BANKS"]\n\n[[third]]',
        18,
        'has the group "BANKS" as a member',
        "the members of BANKS",
    ),
    Slip("parties.toml", 'kind = "army"', 'kind = "amry"', 21, "is not allowed", 'did you mean "army"?'),
    Slip("parties.toml", 'kind = "army"\n', "", 19, "[[body]] has no kind"),
    Slip("parties.toml", 'kind = "army"\nside = "NO"', 'kind = "army"\nside = "N0"', 22, "is no party, group or third"),
    Slip("parties.toml", 'body = "Norrin Army"', 'body = "Norin Army"', 27, "is no body", "Norrin Army"),
    Slip("parties.toml", 'body = "Norrin Army"', 'body = "the Army"', 27, "not the first name", '"Norrin Army"'),
    Slip(
        "parties.toml", '"Kell"]', '"the Army"]', 26, '"the Army" names two things: the body Norrin Army', "full name"
    ),
    Slip("parties.toml", 'names = ["Kell"]', "since = 2031-05-09\nuntil = 2031-05-01", 27, "is before since"),
    Slip("parties.toml", 'name = "Ada Kell"\n', "", 24, "[[person]] has no name"),
    Slip("parties.toml", "[[third]]", "[[thrid]]", 15, '"thrid" is not known here', 'did you mean "third"?'),
    Slip("parties.toml", PARTIES, "# nobody yet\n", 1, "the file names no party"),
    Slip("places.toml", 'side = "NO"', 'side = "XX"', 3, "is no party, group or third party"),
    Slip("places.toml", "lat = -41.5", "lat = -141.5", 4, "is not a number from -90 to 90"),
    Slip("places.toml", "lon = -92.0", "lon = 181", 5, "is not a number from -180 to 180"),
    Slip("places.toml", "lon = -92.0\n", "", 4, "has lat and no lon"),
    Slip("places.toml", '"district"', '"house"', 6, "is not allowed", "point, settlement, district, region"),
    Slip(
        "places.toml", PLACES, PLACES + '[[place]]\nnames = ["Low Ford",\n "Verrin"]\n', 9, '"Verrin" names two things'
    ),
    Slip("places.toml", '"Verrin"]', '"Sedd"]', 2, '"Sedd" names two things: the party SE (parties.toml line 7)'),
    Slip("sources.toml", '"norrin-army"', '"Norrin"', 2, "cannot stand in an address"),
    Slip("sources.toml", SOURCES, SOURCES + SOURCES, 14, "given twice, first in line 2"),
    Slip("sources.toml", '"feed"', '"rss"', 4, "is not allowed", "feed, page, live_page"),
    Slip(
        "sources.toml", '"https://army.example/feed.xml"', '"army.example"', 5, "is not a web address", "https://HOST"
    ),
    Slip("sources.toml", "https://", "https://me:pw@", 5, "holds a name or password"),
    Slip("sources.toml", 'url = "https://army.example/feed.xml"\n', "", 1, "[[source]] has no url"),
    Slip("sources.toml", 'body = "Norrin Army"', 'body = "Army"', 6, "is no body in parties.toml"),
    Slip("sources.toml", 'party = "NO"', 'party = "NOO"', 7, "is no party", 'did you mean "NO"?'),
    Slip("sources.toml", 'party = "NO"', 'party = "SE"', 7, "but Norrin Army belongs to NO", 'party = "NO"'),
    Slip("sources.toml", 'lang = "en"', 'lang = "english"', 8, "is not a language code"),
    Slip("sources.toml", "interval_s = 30", "interval_s = 0.5", 9, "not a number from 1 to 86400", "interval_s = 60"),
    Slip("sources.toml", "interval_s = 30", 'interval_s = "30"', 9, "not a number from 1"),
    Slip("sources.toml", '"auto"', '"now"', 10, "is not allowed", "hold, auto"),
    Slip("sources.toml", '"full"', '"all"', 11, "is not allowed", "none, excerpt, full"),
    Slip("sources.toml", '"website"', '"web site"', 12, "is not allowed", 'did you mean "website"?'),
    Slip("sources.toml", 'body = "Norrin Army"\nparty = "NO"\n', "", 8, 'go_out = "auto" without a body', '"hold"'),
]


def test_the_good_coverage_has_no_mistake(tmp_path):
    assert check(write(tmp_path)) == ()


@pytest.mark.parametrize("slip", SLIPS, ids=lambda s: f"{s.file}-{s.says[:40]}")
def test_a_slip_is_found_with_file_line_and_advice(tmp_path, slip):
    good = GOOD[slip.file]
    assert slip.before in good
    write(tmp_path, **{slip.file.removesuffix(".toml"): good.replace(slip.before, slip.after, 1)})
    found = check(tmp_path)
    hit = [m for m in found if slip.says in m.what]
    assert [(m.file.name, m.line) for m in hit] == [(slip.file, slip.line)], [str(m) for m in found]
    assert slip.advises in hit[0].write_instead
    assert "\n" not in str(hit[0])
    with pytest.raises(BadSetting, match=rf"{slip.file}:{slip.line}: "):
        load(tmp_path)


@pytest.mark.parametrize(("body", "line", "says"), [
    (None, 1, "missing"), (b"", 1, "empty"), (b" \n\n", 1, "empty"),
    ("# ok\nname = \"Kråk\"".encode("latin-1"), 2, "not UTF-8"), ("name = 1".encode("utf-16"), 1, "not UTF-8"),
])  # fmt: skip
@pytest.mark.parametrize("file", sorted(GOOD))
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_still_checked(tmp_path, file, body, line, says):
    other = "places.toml" if file != "places.toml" else "sources.toml"
    write(tmp_path, **{other.removesuffix(".toml"): GOOD[other] + "oops = 1\n"})
    (tmp_path / file).unlink()
    if body is not None:
        (tmp_path / file).write_bytes(body)
    found = check(tmp_path)
    assert next((m.line, says in m.what) for m in found if m.file.name == file) == (line, True)
    assert any(m.file.name == other and '"oops"' in m.what for m in found)


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(tmp_path):
    write(tmp_path)
    for name, text in GOOD.items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert check(tmp_path) == ()


def test_all_mistakes_are_found_at_once_in_the_order_of_files_and_lines(tmp_path):
    write(
        tmp_path,
        coverage=COVERAGE.replace("UTC", "Nowhere"),
        parties=PARTIES.replace('kind = "army"', 'kind = "horde"').replace('id = "SE"', 'id = "NO"'),
        places=PLACES.replace("-41.5", "north"),
        sources=SOURCES.replace("30", "0").replace("auto", "later"),
    )
    found = [(m.file.name, m.line) for m in check(tmp_path)]
    assert found == sorted(found, key=lambda f: (list(GOOD).index(f[0]), f[1]))
    assert {f for f, _ in found} == set(GOOD)
    assert len(found) >= 6


def test_a_syntax_error_hides_only_its_own_table(tmp_path):
    broken = PARTIES.replace('id = "SE"', "id = SE").replace('kind = "army"', 'kind = "horde"')
    found = check(write(tmp_path, parties=broken))
    assert ("parties.toml", 6) in [(m.file.name, m.line) for m in found]
    assert ("parties.toml", 21) in [(m.file.name, m.line) for m in found]
    assert not any("SE" in m.what for m in found if m.line != 6), "what stood in the broken table is not called unknown"


def test_a_party_may_share_a_name_with_its_own_body_and_capital(tmp_path):
    parties = PARTIES.replace('"norrin*"]', '"norrin*", "the Army", "Upper Ford"]')
    assert check(write(tmp_path, parties=parties)) == ()


def test_one_person_may_hold_two_offices_one_after_the_other(tmp_path):
    again = '\n[[person]]\nname = "Ada Kell"\nnames = ["Kell"]\nrole = "{}"\nsince = {}\nuntil = {}\n'
    before = PARTIES[: PARTIES.index("[[person]]")]
    apart = before + again.format("a", "2031-01-01", "2031-05-01") + again.format("b", "2031-05-02", "2031-06-01")
    assert check(write(tmp_path, parties=apart)) == ()
    meet = apart.replace("2031-05-01", "2031-05-02")
    assert {m.line for m in check(write(tmp_path, parties=meet))} == {33, 34}


def test_an_outlets_items_may_go_out_by_themselves_only_in_a_replay(tmp_path):
    outlet = SOURCES.replace('body = "Norrin Army"\nparty = "NO"\n', "")
    assert len(check(write(tmp_path, sources=outlet))) == 1
    assert check(write(tmp_path, sources=outlet, coverage=COVERAGE + REPLAY)) == ()


def test_a_folder_that_is_not_there_is_one_mistake_with_the_command_to_make_it(tmp_path):
    (only,) = check(tmp_path / "none")
    assert "sayso coverage new" in only.write_instead


def test_a_new_coverage_has_no_mistake(tmp_path):
    folder = tmp_path / "My Wär"
    assert {p.name for p in new(folder)} == {*GOOD, "README.md"}
    assert check(folder) == ()
    assert load(folder).name == "my-war"


def test_a_new_coverage_never_overwrites(tmp_path):
    write(tmp_path)
    with pytest.raises(Exception, match=r"already holds coverage\.toml"):
        new(tmp_path)
    assert (tmp_path / "coverage.toml").read_text() == COVERAGE
    assert not (tmp_path / "README.md").exists()


def test_what_the_template_offers_in_comments_is_right_too(tmp_path):
    new(tmp_path / "w")
    for name in GOOD:
        path = tmp_path / "w" / name
        lines = path.read_text().splitlines()
        path.write_text("\n".join(offered(line) for line in lines).replace("HOST", "army.example") + "\n")
    assert check(tmp_path / "w") == ()
    assert load(tmp_path / "w").sources[0].party == "NO"


def offered(line: str) -> str:
    """The line without its comment mark where it is an offer: a table or `key = value`."""
    bare = line.removeprefix("# ")
    key, equals, _ = bare.partition(" = ")
    return bare if bare.startswith("[[") or (equals and key.replace("_", "").isalpha()) else line


def test_the_readers_beside_the_rules_are_off_unless_a_coverage_asks_for_them(tmp_path: Path) -> None:
    plain = load(write(tmp_path))
    assert (plain.parser, plain.model) == (False, None)
    both = load(write(tmp_path, coverage=COVERAGE + READERS))
    assert both.parser
    assert both.model == Model(
        url="https://models.example/v1", model="m", key_env="M_KEY", timeout_s=8, max_passages_per_hour=60
    )


def test_a_key_in_the_file_is_not_repeated_in_the_message(tmp_path: Path) -> None:
    (mistake,) = check(write(tmp_path, coverage=COVERAGE + READERS.replace("M_KEY", "sk-secret-77")))
    assert "sk-secret-77" not in str(mistake)
    assert "environment variable" in str(mistake)


def test_what_the_desk_publishes_waits_as_the_coverage_says(tmp_path: Path) -> None:
    assert load(write(tmp_path)).release == Release(undo_s=10, delay_min=15)
    table = '\n[desk]\nundo_s = 0\nsecond_pair = "amber"\n[desk.delays]\nmovement = 60\n"destruction.medical" = 30\n'
    delays = (("movement", 60), ("destruction.medical", 30))
    found = load(write(tmp_path, coverage=COVERAGE + table)).release
    assert found == Release(undo_s=0, delay_min=15, delays=delays, second_pair="amber")
