"""The word lists: what loads, what the inflector makes, which language a text is in."""

import pytest

from sayso.errors import BadSetting
from sayso.lexicon import identifying, language_identifier, load_lexicon, load_lexicons
from sayso.lexicon.inflecting import noun_forms, verb_forms
from sayso.lexicon.loading import lexemes_of


def test_every_language_folder_loads() -> None:
    found = load_lexicons()
    assert "en" in found and len(found["en"].lexemes) > 5000
    assert all(x.form and x.pos for lexicon in found.values() for x in lexicon.lexemes)


def test_a_lexicon_has_the_version_of_its_files() -> None:
    assert load_lexicon("en").version == load_lexicon("en").version and len(load_lexicon("en").version) == 12


def test_an_unknown_language_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadSetting, match="no lexicon for 'zz'"):
        load_lexicon("zz")


@pytest.mark.parametrize(
    "body", [b"[[entry]]\nwords = ['x']", b"[[entry]]\npos='noun'\nwords=['x']\ncolour='red'", b"[[entry"]
)
def test_a_wrong_file_is_named_with_its_entry(body: bytes) -> None:
    with pytest.raises(BadSetting, match=r"en/x\.toml"):
        list(lexemes_of(body, "en/x.toml", None))


def test_two_lists_give_every_pair_of_their_words() -> None:
    body = b"[[entry]]\npos='body'\ncls='health_ministry'\nfixed=true\nfirst=['health']\nsecond=['office', 'committee']"
    assert [x.form for x in lexemes_of(body, "en/x.toml", None)] == [("health", "office"), ("health", "committee")]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("kill", "kill kills killed killed killing"),
        ("die", "die dies died died dying"),
        ("deny", "deny denies denied denied denying"),
        ("shoot down", "shoot down,shoots down,shot down,shot down,shooting down"),
        ("withdraw", "withdraw withdraws withdrew withdrawn withdrawing"),
        ("flee", "flee flees fled fled fleeing"),
        ("hit", "hit hits hit hit hitting"),
        ("go", "go goes went gone going"),
    ],
)
def test_verbs_are_inflected(verb: str, forms: str) -> None:
    assert [f for f, _ in verb_forms(verb)] == (forms.split(",") if "," in forms else forms.split())


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("soldier", "soldiers"),
        ("fisherman", "fishermen"),
        ("city", "cities"),
        ("church", "churches"),
        ("piece of armour", "pieces of armour"),
    ],
)
def test_nouns_are_inflected(noun: str, plural: str) -> None:
    assert [f for f, _ in noun_forms(noun)] == [noun, plural]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Three people were killed in the shelling of the town last night.", "en"),
        ("За ночь противник обстрелял три населённых пункта.", "ru"),
        ("Уночі ворог обстріляв три населені пункти, є поранені.", "uk"),
        ("قتل ثلاثة أشخاص في القصف.", "ar"),
        ("Gecə üç nəfər həlak olub.", "az"),
    ],
)
def test_the_desk_s_languages_are_told_apart(text: str, lang: str) -> None:
    assert language_identifier(("en", "ru", "uk", "ar", "az", "tr"))(text) == lang


def test_a_foreign_text_is_not_taken_for_the_desk_s_language() -> None:
    text = "In der Nacht wurden bei einem Angriff auf die Stadt mindestens drei Menschen getötet und viele weitere verletzt."
    assert language_identifier(("en",))(text) == "de"


def test_plain_english_is_known_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifying, "model_guess", lambda _: pytest.fail("the model was asked"))
    language_of = language_identifier(("en", "ru"))
    assert language_of("The army said that “two villages” were shelled from the hills.") == "en"
    assert language_of("СТАВКА: the fighting, the army said, went on with guns from the hills.") == "en"


def test_an_english_title_in_a_foreign_text_does_not_make_it_english() -> None:
    text = "Der Film „The War and the Sea“ wird in der Stadt gezeigt, obwohl viele Menschen gegen ihn sind."
    assert language_identifier(("en",))(text) == "de"


def test_a_headline_of_names_stays_in_the_desk_s_language() -> None:
    assert language_identifier(("en",))("Day 42") == "en"
