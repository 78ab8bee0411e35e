"""What the database says of a write that fails goes into the log: nothing of the desk's words or names is in it (H11, H12)."""

import traceback
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from sayso.store import Store
from sayso.store.operational import shift_note, users
from tests.store import factory as f

CANARY = "Zwielichtkanarie"
SECOND_OF_ONE_NAME = {"name": CANARY, "password_hash": "x", "role": "editor", "created_at": f.at(1)}
WITHOUT_ITS_AUTHOR = {"at": f.at(1), "user": None, "text": CANARY}


@pytest.mark.parametrize(
    ("table", "row"), [(users, SECOND_OF_ONE_NAME), (shift_note, WITHOUT_ITS_AUTHOR)], ids=lambda x: str(x)[:12]
)
def test_a_write_that_fails_tells_the_log_no_value(store: Store, table: Any, row: dict[str, Any]) -> None:
    store.add_user(CANARY, password_hash="x", role="editor", at=f.at(1))
    with pytest.raises(IntegrityError) as failed, store._writing() as conn:
        conn.execute(insert(table), row)
    told = "".join(traceback.format_exception(failed.value))
    assert CANARY not in told
    assert "constraint" in told.lower()
