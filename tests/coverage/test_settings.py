"""The settings file, the environment over it, and every mistake in both."""

import pytest

from sayso.coverage import check, load_settings
from sayso.errors import BadSetting


def test_without_a_file_each_setting_has_its_default(tmp_path):
    found = load_settings(tmp_path, {})
    assert (found.port, found.base_url, found.host) == (8900, "http://127.0.0.1:8900", "127.0.0.1")
    assert (found.data, found.database, found.allow, found.proxy) == (tmp_path / "data", "", (), None)


def test_the_file_is_read_and_the_environment_stands_over_it(tmp_path):
    (tmp_path / "sayso.toml").write_text(
        'port = 9000\ndata = "/srv/x"\nallow = ["127.0.0.1:8907"]\nuser_agent = "desk"\n'
    )
    assert load_settings(tmp_path / "sayso.toml", {}).port == 9000
    over = {"SAYSO_PORT": "9001", "SAYSO_ALLOW": "10.0.0.5:80, [::1]:81", "SAYSO_BASE_URL": "https://live.example/"}
    found = load_settings(tmp_path, over)
    assert (found.port, str(found.data), found.user_agent) == (9001, "/srv/x", "desk")
    assert found.allow == ("10.0.0.5:80", "[::1]:81")
    assert found.base_url == "https://live.example"


@pytest.mark.parametrize(("text", "line", "says"), [
    ("\nport = 0", 2, "port = 0 is not a number from 1 to 65535"),
    ("port = 80.5", 1, "not a whole number"),
    ("prot = 1", 1, '"prot" is not known here; did you mean "port"?'),
    ('allow = ["127.0.0.1:1",\n"127.0.0.1"]', 2, '"127.0.0.1" is not a host with a port'),
    ('allow = ["http://127.0.0.1:1"]', 1, "is not a host with a port"),
    ('base_url = "live.example"', 1, "is not a web address"),
    ('database = "mysql://u:secret@h/d"', 1, "not an address of SQLite or PostgreSQL"),
    ("", 1, "empty"),
    ("[server]\nport = 1", 1, '"server" is not known here'),
])  # fmt: skip
def test_a_mistake_names_file_and_line(tmp_path, text, line, says):
    (tmp_path / "sayso.toml").write_text(text)
    with pytest.raises(BadSetting) as caught:
        load_settings(tmp_path, {})
    assert f"sayso.toml:{line}: " in str(caught.value)
    assert says in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_wrong_variable_is_named_as_the_setting_that_it_is(tmp_path):
    with pytest.raises(BadSetting, match="SAYSO_PORT"):
        load_settings(tmp_path, {"SAYSO_PORT": "eighty"})


def test_the_check_of_a_coverage_covers_its_settings(tmp_path):
    (tmp_path / "sayso.toml").write_text("port = 0")
    assert any(m.file.name == "sayso.toml" for m in check(tmp_path))
