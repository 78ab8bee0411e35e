import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from sayso.errors import BadSetting
from sayso.store import Store
from sayso.store.migrations import HEAD, config_for
from sayso.store.tables import METADATA
from tests.store import factory as f


def test_the_steps_make_exactly_the_tables_of_the_code(store: Store) -> None:
    with store._connection() as conn:
        opts = {
            "include_name": lambda name, _type, _parents: not str(name).startswith(("sought_index", "sought_by_words"))
        }
        assert compare_metadata(MigrationContext.configure(conn, opts=opts), METADATA) == []


def test_the_head_is_the_last_step(store: Store) -> None:
    with store._connection() as conn:
        assert ScriptDirectory.from_config(config_for(conn)).get_current_head() == HEAD


def test_a_database_of_a_newer_version_is_left_alone(store: Store, url: str) -> None:
    f.published(store, 1)
    with store._writing() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BadSetting, match="newer version"):
        Store.open(url)


def test_opening_twice_changes_nothing(store: Store, url: str) -> None:
    f.published(store, 1)
    Store.open(url).close()
    assert store.verify() == ()
