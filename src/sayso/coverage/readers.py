"""`[reader]` in `coverage.toml`: the two readers that a coverage may have beside the rules. None by default."""

import re
from typing import Final

from sayso.coverage.sheet import Sheet, Table
from sayso.model.coverage import Model

VARIABLE: Final = re.compile(r"[A-Z_][A-Z0-9_]*")


def read_optional(main: Sheet) -> tuple[bool, Model | None]:
    """Whether a parser repairs speakers, and the language model that proposes claims, if one does."""
    table = main.table("reader")
    if table is None:
        return False, None
    parser = table.yes("parser")
    model = table.table("model")
    table.done()
    return parser, None if model is None else _model(model)


def _model(table: Table) -> Model:
    """The model as the table says, with a mistake for each key that cannot be used."""
    table.must("url", '"https://HOST/v1"')
    table.must("model", '"the name that the endpoint knows it by"')
    made = Model(
        url=table.address("url"),
        model=table.text("model"),
        key_env=_key_env(table),
        timeout_s=table.number("timeout_s", 1, 120, 20.0) or 20.0,
        max_passages_per_hour=table.whole("max_passages_per_hour", 1, 100_000, 120),
    )
    table.done()
    return made


def _key_env(table: Table) -> str | None:
    """The name of the variable; what looks like the key itself is never repeated in a message."""
    name = table.maybe("key_env")
    if name is None or VARIABLE.fullmatch(name):
        return name
    table.wrong(
        "key_env",
        "key_env is not the name of an environment variable",
        'write key_env = "MODEL_KEY" and put the key itself into that variable, never into this file',
    )
    return None
