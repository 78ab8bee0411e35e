"""Sources, parties and places edited at the desk and written back to the coverage's files.

Nothing is written that `sayso coverage check` would find fault with, and nothing over what somebody else wrote meanwhile.
"""

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sayso.coverage.entries import Entry, added, changed, entries, without
from sayso.coverage.fields import FILES, Kind, as_toml, as_typed
from sayso.coverage.writing import OnDisk, on_disk, put_in_place
from sayso.errors import Refused
from sayso.flow.newsroom import Newsroom
from sayso.flow.setup.checking import mistakes_lately, mistakes_with
from sayso.flow.setup.rearranging import Later, take_over
from sayso.flow.shift.staff import Staff
from sayso.model.mistake import Mistake

#: Changes of this process: the desk is made anew with each, so that no one desk could hold the lock.
_ONE_AT_A_TIME: Final = threading.Lock()


class NotClean(Refused):
    """The file would have mistakes: `beside` are those of one key of the entry, `others` all the rest."""

    def __init__(self, mistakes: Iterable[Mistake], beside: Mapping[str, tuple[Mistake, ...]] | None = None) -> None:
        self.beside = dict(beside or {})
        near = {m for found in self.beside.values() for m in found}
        self.others = tuple(m for m in mistakes if m not in near)
        n = len(near) + len(self.others)
        super().__init__(f"Nothing was written: {n} {'mistakes' if n > 1 else 'mistake'} to mend first.")


class Overtaken(Refused):
    """The file was changed by somebody else meanwhile: `theirs` is what stands there now."""

    def __init__(self, theirs: str) -> None:
        self.theirs = theirs
        super().__init__("Somebody changed it meanwhile. Both texts are below: compare them, then save again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry as the desk lists and edits it: `name` tells it from others of its kind, `typed` fills its form."""

    kind: Kind
    name: str
    values: Mapping[str, Any]
    typed: Mapping[str, str]
    text: str
    line: int
    stamp: str

    @property
    def shown(self) -> str:
        """The name that a person knows it by."""
        names = self.values.get("names") if self.kind.names != "name" else None
        return str(self.values.get("title") or (names[0] if isinstance(names, list) and names else self.name))

    @property
    def about(self) -> str:
        """What tells it from others at a glance: its id, side, office or kind."""
        given = (self.values.get(key) for key in ("id", "role", "body", "kind", "side", "precision"))
        return ", ".join(str(v).replace("_", " ") for v in given if isinstance(v, str))


@dataclass(frozen=True, slots=True)
class Arranging:
    """The files of one coverage. `who` is the account that acts, for the staff log only."""

    room: Newsroom

    # looking

    def file(self, name: str) -> OnDisk:
        """One of the files, as it lies on the disk. Raises Refused for a name that is none."""
        if name not in FILES:
            raise Refused(f"There is no file {name}.toml to edit here.")
        return on_disk(self.room.coverage.folder / f"{name}.toml")

    def mistakes(self) -> tuple[Mistake, ...]:
        """Every mistake in the files as they lie on the disk, where somebody edited them by hand."""
        return mistakes_lately(self.room.coverage.folder)

    def listed(self, name: str) -> tuple[Listed, ...]:
        """The entries of a file, kind by kind; none where its text is no TOML."""
        text, kinds = self.file(name).text, {k.table: k for k in FILES[name]}
        found = [_listed(kinds[e.table], e, text) for e in entries(text) if e.table in kinds]
        return tuple(sorted(found, key=lambda it: list(kinds).index(it.kind.table)))

    def one(self, name: str, table: str, called: str) -> Listed:
        """One entry by its kind and name. Raises Refused where the file has no such entry."""
        for it in self.listed(name):
            if it.kind.table == table and it.name == called:
                return it
        raise Refused(f"{name}.toml has no entry “{called}” (any more).")

    # acting

    def add(self, name: str, table: str, typed: Mapping[str, str], *, who: str) -> tuple[Later, ...]:
        """Add an entry; what of it waits for a restart. Raises NotClean."""
        kind = kind_named(name, table)
        with _ONE_AT_A_TIME:
            file = self.file(name)
            values = {f.key: as_toml(f, typed.get(f.key, "")) for f in kind.fields}
            text = added(file.text, table, values)
            called = kind.name_of({f.key: _plain(f.form, typed.get(f.key, "")) for f in kind.fields})
            self._write(file, text, entry=_last(text, kind))
            return self._done(who, f"added a {table}", called)

    def save(
        self, name: str, table: str, called: str, typed: Mapping[str, str], *, stamp: str, who: str
    ) -> tuple[Later, ...]:
        """Change an entry. Raises NotClean, and Overtaken where the entry is no longer as it was at `stamp`."""
        kind = kind_named(name, table)
        with _ONE_AT_A_TIME:
            file, entry = self._entry(name, table, called, stamp)
            values = {f.key: as_toml(f, typed[f.key]) for f in kind.fields if f.key in typed and not f.fixed}
            text = changed(file.text, entry, values, kind.order)
            if text == file.text:
                return ()
            self._write(file, text, entry=_numbered(text, entry))
            return self._done(who, f"changed a {table}", called)

    def remove(self, name: str, table: str, called: str, *, stamp: str, who: str) -> tuple[Later, ...]:
        """Take an entry out. Raises as `save` does."""
        with _ONE_AT_A_TIME:
            file, entry = self._entry(name, table, called, stamp)
            self._write(file, without(file.text, entry))
            return self._done(who, f"removed a {table}", called)

    def write(self, name: str, text: str, *, stamp: str, who: str) -> tuple[Later, ...]:
        """Put another text in place of a whole file's. Raises as `save` does."""
        with _ONE_AT_A_TIME:
            file = self.file(name)
            if file.stamp != stamp:
                raise Overtaken(file.text)
            text = text.replace("\r\n", "\n")
            text = text if text.endswith("\n") else f"{text}\n"
            if text == file.text:
                return ()
            self._write(file, text)
            return self._done(who, "edited a file", f"{name}.toml")

    # parts of the above

    def _entry(self, name: str, table: str, called: str, stamp: str) -> tuple[OnDisk, Entry]:
        file, kind = self.file(name), kind_named(name, table)
        for entry in entries(file.text):
            if entry.table == table and kind.name_of(entry.values) == called:
                if stamp_of(entry.text(file.text)) != stamp:
                    raise Overtaken(entry.text(file.text))
                return file, entry
        raise Refused(f"{name}.toml has no entry “{called}” any more: somebody took it out or renamed it.")

    def _write(self, file: OnDisk, text: str, *, entry: Entry | None = None) -> None:
        """Write a text that has no mistakes, over the text that it was made from."""
        found = mistakes_with(self.room.coverage.folder, file.path.name, text)
        if found:
            raise NotClean(found, beside(found, file.path.name, entry, text))
        now = on_disk(file.path)
        if now.stamp != file.stamp:  # edited by hand while it was checked
            raise Overtaken(now.text)
        put_in_place(file, text)

    def _done(self, who: str, action: str, detail: str) -> tuple[Later, ...]:
        Staff(self.room.store).note(who, action, detail)
        return take_over(self.room)


def kind_named(name: str, table: str) -> Kind:
    """The kind of entry. Raises Refused where the file has no such entries."""
    for kind in FILES.get(name, ()):
        if kind.table == table:
            return kind
    raise Refused(f"{name}.toml has no entries of the kind “{table}”.")


def stamp_of(text: str) -> str:
    """Other for any other text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def beside(mistakes: Iterable[Mistake], file: str, entry: Entry | None, text: str) -> dict[str, tuple[Mistake, ...]]:
    """The mistakes that are about one key of an entry, by that key; a missing one is named at the entry's header."""
    if entry is None:
        return {}
    header = text.count("\n", 0, entry.header - 1) + 1
    lines = {
        text.count("\n", 0, mark.start) + 1 + n: key
        for key, mark in entry.keys.items()
        for n in range(text.count("\n", mark.start, mark.end) + 1)
    }
    found: dict[str, tuple[Mistake, ...]] = {}
    for mistake in mistakes:
        key = lines.get(mistake.line) if mistake.file.name == file else None
        if mistake.file.name == file and mistake.line == header:
            key = mistake.what.rpartition("]] has no ")[2] if "]] has no " in mistake.what else None
        if key:
            found[key] = (*found.get(key, ()), mistake)
    return found


def _listed(kind: Kind, entry: Entry, text: str) -> Listed:
    mine = entry.text(text)
    return Listed(
        kind=kind,
        name=kind.name_of(entry.values),
        values=entry.values,
        typed={f.key: as_typed(f, entry.values.get(f.key)) for f in kind.fields},
        text=mine,
        line=text.count("\n", 0, entry.header - 1) + 1,
        stamp=stamp_of(mine),
    )


def _plain(form: str, typed: str) -> Any:
    """What was typed, as `Kind.name_of` takes it."""
    return typed.split("\n") if form == "lines" else typed


def _numbered(text: str, like: Entry) -> Entry | None:
    return next((e for e in entries(text) if (e.table, e.number) == (like.table, like.number)), None)


def _last(text: str, kind: Kind) -> Entry | None:
    """The entry that was added: the last of its kind."""
    return next((e for e in reversed(entries(text)) if e.table == kind.table), None)
