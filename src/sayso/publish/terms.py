"""Names of states, figures, filters and offices as pages show them: each is a message of the catalogues."""

from collections.abc import Mapping
from typing import Final

from sayso.catalogue import N_, Catalogue

STATES: Final = {
    "taken_down": N_("taken down"), "withdrawn": N_("withdrawn"), "denied": N_("denied"),
    "contradicted": N_("contradicted"), "admitted": N_("admitted"), "revised": N_("revised"),
    "compatible": N_("compatible"), "pending": N_("not settled"), "single": N_("one claimant only"),
}  # fmt: skip
FLAGS: Final = {
    "mirrored": N_("mirrored"), "single_origin": N_("one origin"), "no_source_named": N_("no source named"),
    "unverifiable": N_("cannot be verified"), "revised_down": N_("lowered"), "denied": N_("denied"),
    "admitted": N_("admitted"), "pending": N_("not settled"),
}  # fmt: skip
RELATIONS: Final = {
    "compatible": N_("compatible"), "contradicted": N_("contradicted"), "not_comparable": N_("not comparable"),
}  # fmt: skip
WHO: Final = {
    "military": N_("soldiers"), "civilian": N_("civilians"), "both": N_("soldiers and civilians"),
    "unknown": N_("people (not said who)"),
}  # fmt: skip
MEASURES: Final = {
    "killed": N_("killed"), "wounded": N_("wounded"), "missing": N_("missing"),
    "casualties": N_("killed or wounded, not split"),
}  # fmt: skip
WAYS: Final = {"up": N_("raised"), "down": N_("lowered")}
#: By the address of the filter; others are called by a name of the coverage.
FILTERS: Final = {
    "": N_("All"), "with/key/": N_("Key events"), "with/media/": N_("Pictures and video"), "with/denial/": N_("Denials"),
    "place/": N_("Places"),
}  # fmt: skip
#: A line of longitude or latitude on the map.
DEGREES: Final = {"N": N_("%(n)s° N"), "E": N_("%(n)s° E"), "S": N_("%(n)s° S"), "W": N_("%(n)s° W")}
REHOST: Final = {
    "none": N_("Its words are not shown here, only claims and a link."),
    "excerpt": N_("Shown as an excerpt with a link."),
    "full": N_("Shown whole."),
}
BODIES: Final = {
    "defence_ministry": N_("defence ministry"), "army": N_("army"), "foreign_ministry": N_("foreign ministry"),
    "head_of_state": N_("head of state"), "government": N_("government"), "health_ministry": N_("health ministry"),
    "prosecutor": N_("prosecutor"), "security_service": N_("security service"),
    "emergency_service": N_("emergency service"), "local_authority": N_("local authority"),
    "parliament": N_("parliament"), "armed_group": N_("armed group"), "ombudsman": N_("ombudsman"),
    "court": N_("court"), "international_org": N_("international org"), "ngo": N_("ngo"), "medics": N_("medics"),
    "company": N_("company"), "expert": N_("expert"), "eyewitness": N_("eyewitness"), "media": N_("media"),
    "official": N_("official"), "unknown": N_("unknown"), "outlet": N_("outlet"),
}  # fmt: skip
TABLES: Final = {
    "STATES": STATES, "FLAGS": FLAGS, "RELATIONS": RELATIONS, "WHO": WHO, "MEASURES": MEASURES, "WAYS": WAYS,
    "FILTERS": FILTERS, "DEGREES": DEGREES, "REHOST": REHOST, "BODIES": BODIES,
}  # fmt: skip


def terms(words: Catalogue) -> dict[str, Mapping[str, str]]:
    """Every table in a language, by its name."""
    return {name: {key: words.gettext(message) for key, message in table.items()} for name, table in TABLES.items()}
