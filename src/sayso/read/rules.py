"""The rules of the claim grammar, each with what a sentence must hold for it to find anything.

A sentence that holds none of it is not shown to the rule, which saves two thirds of the reading time (`text.needs`).
Rules of many parts name the needs of each part beside it.
"""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from sayso.read.drafts import ANY, Draft
from sayso.read.kinds import (
    accusations,
    attacks,
    captives,
    casualties,
    control,
    corridors,
    denials,
    diplomacy,
    envoys,
    happening,
    inventories,
    losses,
    movements,
    parts,
    people,
    placing,
    pledges,
    remarks,
    seizing,
    silences,
    situations,
    truces,
)
from sayso.read.kinds.control import FREE, NOMINAL
from sayso.read.kinds.denials import DENIAL_NOUNS, FAKE, TRUTH
from sayso.read.kinds.silences import ANSWERS, STILL, UNCLEAR
from sayso.read.scene import Scene
from sayso.read.text.features import flags
from sayso.read.text.needs import Needs, any_word, needs


class Rule(NamedTuple):
    """A rule, and what a sentence must hold for it."""

    find: Callable[[Scene], Iterator[Draft]]
    needs: Needs


def rule(find: Callable[[Scene], Iterator[Draft]], *alternatives: str) -> Rule:
    """A rule with the alternatives of its needs."""
    return Rule(find, needs(*alternatives))


VICTIMS: Final = (
    "victim toll deed state verb:harm verb:kill verb:die verb:fall verb:wound verb:miss verb:lose verb:treat"
)
NUMBERS: Final = "num vague cmp 0-9 - ~between ~from"
COUNTED: Final = "after-count"  # the entry has told of casualties, so that a bare number can be of them
HAS_COUNTED: Final = flags(COUNTED)
NEGATED: Final = "neg nobody ~neither"
RULES: Final = (
    rule(casualties.casualties, VICTIMS, f"{NUMBERS} & {COUNTED}", f"{NUMBERS} & verb:cost", "ward & verb:carry"),
    rule(
        denials.denials,
        f"verb:deny verb:call neg nobody ^untrue {any_word(FAKE | TRUTH)} {any_word(DENIAL_NOUNS)}",
    ),
    rule(
        accusations.accusations,
        "verb:accuse verb:lie verb:provoke noun:lies noun:provocation noun:mercenary noun:banned noun:crime "
        "~point ~points ~pointed ~pointing *provok verb:start verb:commit verb:involve verb:drag verb:supply verb:provide "
        "noun:blame noun:culprit ~first ~abroad ~fighters ~militants ~rebels ~insurgents ~terrorists ~combatants "
        "~fighter ~militant ~guerrillas ~partisans ~gunmen ^draw ^drew ^drag ^pull " + any_word(accusations.BLAME),
    ),
    rule(
        silences.silences,
        f"{NEGATED} & verb:disclose say",
        f"{any_word(UNCLEAR)} ~silence",
        f"{NEGATED} & ~clear",
        f"{NEGATED} & {any_word(ANSWERS)}",
        "~being & verb:disclose",
        f"{NEGATED} & ~reached ~contacted ~available",
        f"victim toll & {any_word(STILL | UNCLEAR)}",
    ),
    rule(losses.equipment, "noun:equip", "noun:shots & verb:down"),
    rule(inventories.inventories, "noun:equip", "weapon noun:shots & verb:down verb:destroy"),
    rule(
        control.control,
        "verb:take verb:fallto verb:fall verb:hold verb:lose verb:contest verb:yield ~ours noun:grip ~flag",
        f"{any_word(NOMINAL)} {any_word(FREE)}",
        "noun:settlement & aux verb:link",
    ),
    rule(seizing.seizing, "~flag ~flags ~banner", f"prep:from & {any_word(seizing.OUSTING)}"),
    rule(losses.destruction, "noun:building noun:infra noun:medical noun:cultural noun:goods"),
    rule(
        captives.captives,
        "verb:exchange verb:imprison verb:surrender verb:release verb:hold noun:exchange ^receive ^got ~got ~taken",
        "~captured ~captive ~imprisoned prep:among ~home ~free ~captivity ~prisoner ~prisoners ~captives",
        "~hands ~custody ~detention ~alive ~arrested ~detained",
        "~bodies ~body ~remains ~corpses",
    ),
    rule(
        people.displacement,
        "verb:gohome verb:evacuate verb:flee verb:lodge ~evacuation ~resettlement ~relocation",
        "~left ~leave ~leaving ~refuse ~refused ~displaced",
        "noun:people & prep:from ~safety",
    ),
    rule(
        attacks.attacks,
        "verb:shell verb:strike verb:sabotage verb:clash verb:repel verb:assail attack weapon noun:shots ~trap ~ambush",
        "verb:try & verb:advance",
        "verb:check & ~advance ~advances ~push",
    ),
    rule(
        truces.truces,
        "noun:truce noun:breach verb:ceasefire",
        "attack ~war ~violence ~bloodshed & ~must ~should ~need ~needs ~ought ~have ~has",
        "verb:deny & ~offer ~proposal ~terms ~ultimatum",
        "^sign & neg",
    ),
    rule(
        corridors.corridors,
        "noun:corridor ~let ~lets ~letting ~allow ~allows ~allowed ~granted ~grant ~given",
        "*surrender ~lay ~lays ~laying ~unarmed ~themselves ~put ~drop ~give ~gives ~raise",
    ),
    rule(
        movements.movements,
        "verb:advance verb:retreat verb:deploy verb:mobilise verb:encircle verb:infiltrate verb:flee",
        "noun:martiallaw noun:mobilisation ~retreat ~withdrawal ~advance ~pullback ~pull-out ~step noun:drills noun:equip",
        "verb:pass verb:arrive verb:visit verb:convey verb:stand aux & noun:unit noun:people body enemy ~men ~reserves",
    ),
    rule(
        diplomacy.diplomacy,
        " ".join(f"verb:{cls}" for cls in diplomacy.SUBS),
        "verb:call ^call ~protest ~complaint ~note noun:sanction noun:talks *expected verb:parley verb:ceasefire",
        "noun:visit noun:phonecall noun:mediator noun:backing noun:aid noun:sentiment noun:verdict noun:petition",
        "~deliveries ~delivery ~shipments ~shipment ~supplies",
        "~call ~conversation verb:sever verb:supply verb:provide channel:call "
        + any_word(pledges.MOVED | envoys.READY),
    ),
    rule(remarks.menaces, "verb:menace", f"modal & {any_word(ANY)}"),
    rule(
        situations.others,
        "noun:outage verb:rescue verb:rebuild verb:lack noun:stock noun:mishap noun:edge noun:rescuers noun:search ~alive",
        "verb:enact & noun:act",
        "verb:evacuate verb:release & ~crew ~crews ~pilot ~pilots ~members",
        "verb:ally verb:probe",
        "~access ~entry ~passage & aux",
        "noun:utility noun:service noun:infra noun:medical noun:building noun:shelter noun:affairs "
        "& verb:interrupt verb:function verb:link verb:hold plight",
    ),
)


def drafts(scene: Scene) -> list[Draft]:
    """What all rules find in a sentence, parts of counts last."""
    found: list[Draft] = []
    told = scene.memory.claim
    sentence = scene.flags | (HAS_COUNTED if told is not None and told[0] == "casualties" else 0)
    for find, needed in RULES:
        if needed.met(sentence):
            found += find(scene)
    if not found:
        found += remarks.remarks(scene)
    if found:
        found += parts.parts(scene, found)
        placing.settle(scene, found)
        happening.carry(scene, found)
        found = denials.settle(scene, found)
    return found
