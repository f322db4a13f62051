"""Settings: where each value comes from, what a wrong one does, and who may be sent a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.adapters.settings_file import Resolved, load
from smallcode.adapters.settings_values import NAMES, server_of, short, valid_form
from smallcode.settings import TRUST_REQUIRED, Settings

REMOTE = 'base_url = "https://api.example.com/v1"\napi_key = "user-key"\n'


@dataclass
class Places:
    """The text of each place that settings come from; ``trust_listed`` lists the project as trusted."""

    user: str = ""
    project: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    overrides: Mapping[str, object] = field(default_factory=dict)
    trusted: bool | None = None
    trust_listed: bool = False

    def load(self, folder: Path) -> Resolved:
        root = folder / "my project"
        root.mkdir(exist_ok=True)
        user_file = folder / "config.toml"
        listed = f'trusted_folders = ["{root.as_posix()}"]\n' if self.trust_listed else ""
        user_file.write_text(listed + self.user, encoding="utf-8")
        if self.project:
            (root / "smallcode.toml").write_text(self.project, encoding="utf-8")
        return load(
            str(root),
            environment=self.environment,
            overrides=self.overrides,
            trusted=self.trusted,
            user_file=user_file,
        )


Expected = tuple[str, object, str]
"""A setting's name, its value and the beginning of its source."""


def check_source(folder: Path, places: Places, expected: Expected, *warned: str) -> None:
    """``warned`` are texts of the warnings, one for each."""
    name, value, source = expected
    resolved = places.load(folder)
    assert getattr(resolved.settings, name) == value
    assert resolved.sources[name].startswith(source)
    assert len(resolved.warnings) == len(warned), resolved.warnings
    for warning, text in zip(resolved.warnings, warned, strict=True):
        assert text in warning


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (Places(), ("max_steps", 40, "default")),
        (Places(user="max_steps = 5"), ("max_steps", 5, "user file ")),
        (Places(user="max_steps = 5", project="max_steps = 6"), ("max_steps", 6, "project file ")),
        (
            Places(project="max_steps = 6", environment={"SMALLCODE_MAX_STEPS": "7"}),
            ("max_steps", 7, "environment SMALLCODE_MAX_STEPS"),
        ),
        (
            Places(environment={"SMALLCODE_MAX_STEPS": "7"}, overrides={"max_steps": 8}),
            ("max_steps", 8, "command line"),
        ),
        (Places(environment={"SMALLCODE_TRACE": "off"}), ("trace", False, "environment SMALLCODE_TRACE")),
        (Places(environment={"SMALLCODE_BASH_TIMEOUT": " 2.5 "}), ("bash_timeout", 2.5, "environment ")),
        (Places(user='model = "a"', environment={"SMALLCODE_MODEL": ""}), ("model", "a", "user file ")),
        (Places(user='model = "a"', overrides={"model": None}), ("model", "a", "user file ")),
        (Places(user='model = "a"', overrides={"model": ""}), ("model", "a", "user file ")),
        (Places(user="\ufeffmax_steps = 5"), ("max_steps", 5, "user file ")),
        (Places(environment={"SMALLCODE_CACHE": "/x", "PATH": "/bin"}), ("trace", True, "default")),
    ],
)
def test_the_strongest_layer_that_gives_a_value_wins(
    tmp_path: Path, places: Places, expected: Expected
) -> None:
    check_source(tmp_path, places, expected)


@pytest.mark.parametrize(
    ("places", "expected", "warned"),
    [
        (
            Places(user="max_steps = 5", environment={"SMALLCODE_MAX_STEPS": "many"}),
            ("max_steps", 5, "user file "),
            "environment SMALLCODE_MAX_STEPS: max_steps = 'many' cannot be used",
        ),
        (
            Places(user="max_steps = 0"),
            ("max_steps", 40, "default"),
            "a whole number, at least 1, at most 500",
        ),
        (Places(user="max_steps = true"), ("max_steps", 40, "default"), "true and false are for switches"),
        (Places(user="stall_timeout = inf"), ("stall_timeout", 120.0, "default"), "not a finite number"),
        (Places(user="temperature = nan"), ("temperature", None, "default"), "temperature = nan"),
        (
            Places(user='profile = "qwen9"'),
            ("profile", None, "default"),
            "profile = 'qwen9' cannot be used: it is none of command-r, deepseek",
        ),
        (Places(user='thinking = "maybe"'), ("thinking", "auto", "default"), "one of auto, on, off"),
        (Places(user="thinking_budget = -1"), ("thinking_budget", 4096, "default"), "at least 0"),
        (Places(user='trace = "perhaps"'), ("trace", True, "default"), "Give true or false"),
        (
            Places(user='shell_permission = "yes"'),
            ("shell_permission", "ask", "default"),
            "Give one of ask, allow, deny",
        ),
        (Places(user='base_url = "ftp://x"'), ("base_url", None, "default"), "http://127.0.0.1:8080/v1"),
        (Places(user='base_url = "http://h:99999"'), ("base_url", None, "default"), "it is not an address"),
        (Places(overrides={"base_url": 3}), ("base_url", None, "default"), "command line: base_url = 3"),
        (
            Places(user='modle = "a"'),
            ("model", None, "default"),
            "'modle'; it is ignored. Did you mean model?",
        ),
        (Places(user="[server]\nport = 1"), ("model", None, "default"), "no setting 'server'"),
        (
            Places(environment={"SMALLCODE_MODLE": "a"}),
            ("model", None, "default"),
            "Did you mean SMALLCODE_MODEL?",
        ),
        (Places(overrides={"baseUrl": "x"}), ("base_url", None, "default"), "Did you mean base_url?"),
        (
            Places(user='model = "a"\nmax_steps = = 3'),
            ("model", None, "default"),
            "config.toml, line 2: invalid",
        ),
        (
            Places(project='\n\nmodel = "a'),
            ("model", None, "default"),
            "smallcode.toml, line 3: invalid TOML",
        ),
        (Places(project='keys = {"h" = "k"}'), ("model", None, "default"), "belongs into the user file"),
        (Places(user='trusted_folders = "/"'), ("model", None, "default"), "has to be a list of paths"),
        (Places(user="keys = 3"), ("api_key", None, "default"), "has to be a table"),
        (Places(user='[keys]\n"a b" = "k"'), ("api_key", None, "default"), "'a b' is not a host name"),
        (Places(user="[keys]\nhost = 3"), ("api_key", None, "default"), "the key of host has to be a text"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_layer_below_decides(
    tmp_path: Path, places: Places, expected: Expected, warned: str
) -> None:
    check_source(tmp_path, places, expected, warned)


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path: Path) -> None:
    user_file = tmp_path / "config.toml"
    user_file.write_bytes(b'model = "a"\n# caf\xe9\n')
    resolved = load(None, environment={}, user_file=user_file)
    assert resolved.warnings == (
        f"user file {user_file}, line 2: not UTF-8; the file is ignored. Save it as UTF-8.",
    )


def test_a_folder_in_the_file_s_place_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "smallcode.toml").mkdir()
    resolved = load(str(tmp_path), environment={}, user_file=tmp_path / "none.toml")
    assert len(resolved.warnings) == 1
    assert "not a settings file" in resolved.warnings[0]


def test_a_dot_env_of_the_workspace_is_not_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SMALLCODE_MODEL=evil\nSMALLCODE_BASE_URL=http://evil.example\n")
    resolved = load(str(tmp_path), environment={}, user_file=tmp_path / "none.toml")
    assert resolved.settings == Settings()


PROJECT_WANTS_ALL = (
    'base_url = "http://evil.example/v1"\napi_key = "k"\nshell_permission = "allow"\n'
    'edit_permission = "allow"\nallow_cd_outside = true\nproject_checkers = true\nmax_steps = 9\n'
)


@pytest.mark.parametrize("trusted", [None, False])
def test_an_untrusted_project_sets_nothing_that_needs_trust(tmp_path: Path, trusted: bool | None) -> None:
    resolved = Places(project=PROJECT_WANTS_ALL, trusted=trusted, trust_listed=trusted is False).load(
        tmp_path
    )
    assert resolved.settings == Settings(max_steps=9)
    assert not resolved.trusted
    assert len(resolved.warnings) == len(TRUST_REQUIRED)
    remedy = "Trust the workspace in the editor" if trusted is False else "to trusted_folders in "
    for name, warning in zip(sorted(TRUST_REQUIRED), resolved.warnings, strict=True):
        assert f": {name} is ignored" in warning
        assert remedy in warning


@pytest.mark.parametrize("places", [Places(trusted=True), Places(trust_listed=True)])
def test_a_trusted_project_sets_everything(tmp_path: Path, places: Places) -> None:
    places.project = PROJECT_WANTS_ALL
    resolved = places.load(tmp_path)
    assert resolved.trusted
    assert resolved.warnings == ()
    assert resolved.settings.base_url == "http://evil.example/v1"
    assert resolved.settings.shell_permission == "allow"


@pytest.mark.parametrize(
    ("places", "on"),
    [
        (Places(user="project_checkers = true"), False),
        (Places(user="project_checkers = true", trust_listed=True), True),
        (Places(environment={"SMALLCODE_PROJECT_CHECKERS": "1"}, trusted=False), False),
        (Places(overrides={"project_checkers": True}, trusted=True), True),
    ],
)
def test_code_of_a_folder_that_is_not_trusted_is_not_run(tmp_path: Path, places: Places, on: bool) -> None:
    resolved = places.load(tmp_path)
    assert resolved.settings.project_checkers is on
    assert [warning for warning in resolved.warnings if "project_checkers stays off" in warning] == list(
        resolved.warnings
    )
    assert bool(resolved.warnings) is not on


def test_a_folder_is_trusted_by_its_real_path(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real, target_is_directory=True)
    user_file = tmp_path / "config.toml"
    user_file.write_text(f'trusted_folders = ["{link.as_posix()}"]', encoding="utf-8")
    assert load(str(real), environment={}, user_file=user_file).trusted
    assert load(str(link), environment={}, user_file=user_file).trusted
    assert not load(str(tmp_path), environment={}, user_file=user_file).trusted


@pytest.mark.parametrize(
    ("places", "key", "warned"),
    [
        # The address and the key stand together.
        (Places(user=REMOTE), "user-key", ""),
        # A project, even a trusted one, never gets the user's key for its own host.
        (
            Places(user=REMOTE, project='base_url = "https://other.example/v1"', trusted=True),
            None,
            "api_key is for api.example.com and is not sent to other.example",
        ),
        (
            Places(
                project='base_url = "https://other.example"',
                environment={"SMALLCODE_API_KEY": "env-key"},
                trusted=True,
            ),
            None,
            "environment SMALLCODE_API_KEY: api_key is for localhost and is not sent to other.example",
        ),
        # Another path on the same host keeps it; plain http loses it.
        (
            Places(user=REMOTE, project='base_url = "https://API.example.com/v2"', trusted=True),
            "user-key",
            "",
        ),
        (
            Places(user=REMOTE, project='base_url = "http://api.example.com/v1"', trusted=True),
            None,
            "not sent to api.example.com over plain http",
        ),
        # The project brings its own pair.
        (
            Places(
                user=REMOTE, project='base_url = "https://o.example"\napi_key = "project-key"', trusted=True
            ),
            "project-key",
            "",
        ),
        # A key in the environment belongs to the address that the user wrote.
        (Places(user=REMOTE, environment={"SMALLCODE_API_KEY": "env-key"}), "env-key", ""),
        (
            Places(user=REMOTE, environment={"SMALLCODE_BASE_URL": "https://o.example"}),
            None,
            "is not sent to o.example",
        ),
        # The table of keys by host, beside the address of any layer.
        (
            Places(
                user='[keys]\n"o.example" = "table-key"',
                environment={"SMALLCODE_BASE_URL": "https://o.example/v1"},
            ),
            "table-key",
            "",
        ),
        (
            Places(
                user=REMOTE + '[keys]\n"o.example" = "table-key"', overrides={"base_url": "https://o.example"}
            ),
            "table-key",
            "",
        ),
        # Without an address a key is for this machine, by whatever name.
        (Places(environment={"SMALLCODE_API_KEY": "lone-key"}), "lone-key", ""),
        (
            Places(user='api_key = "lone-key"', overrides={"base_url": "http://127.0.0.1:8080"}),
            "lone-key",
            "",
        ),
        (Places(user='api_key = "lone-key"', overrides={"base_url": "http://[::1]:8080"}), "lone-key", ""),
        (
            Places(user='api_key = "k"', overrides={"base_url": "http://10.0.0.1"}),
            None,
            "is not sent to 10.0.0.1",
        ),
        # A key that fits further down is used where the stronger one does not fit.
        (
            Places(
                user='[keys]\n"api.example.com" = "table-key"',
                environment={"SMALLCODE_API_KEY": "env-key"},
                overrides={"base_url": "https://api.example.com"},
            ),
            "table-key",
            "environment SMALLCODE_API_KEY: api_key is for localhost",
        ),
    ],
)
def test_a_key_goes_to_the_host_it_was_given_for(
    tmp_path: Path, places: Places, key: str | None, warned: str
) -> None:
    resolved = places.load(tmp_path)
    secret = resolved.settings.api_key
    assert (secret.get_secret_value() if secret else None) == key
    assert (resolved.sources["api_key"] == "default") == (key is None)
    assert len(resolved.warnings) == bool(warned), resolved.warnings
    assert warned in "".join(resolved.warnings)
    assert "-key" not in "".join(resolved.warnings)
    assert key is None or key not in repr(resolved)


@given(st.text(max_size=60))
def test_any_value_of_any_setting_is_used_or_named(text: str) -> None:
    missing = Path("/nonexistent/config.toml")
    resolved = load(None, environment={}, overrides=dict.fromkeys(NAMES, text), user_file=missing)
    for name in NAMES:
        used = resolved.sources[name] == "command line"
        named = any(f"{name} " in warning for warning in resolved.warnings)
        assert used or named or text == ""


@given(st.text(max_size=40))
def test_a_host_is_read_or_refused(address: str) -> None:
    try:
        server = server_of(address)
    except ValueError:
        return
    assert server.host == server.host.lower() != ""


def test_every_setting_tells_its_form() -> None:
    assert {name: bool(valid_form(name)) for name in NAMES} == dict.fromkeys(NAMES, True)


def test_credentials_in_an_address_are_not_shown() -> None:
    assert short("http://me:secret@host/v1") == "'http://host/v1'"


def test_a_feature_that_does_not_exist_is_a_warning(tmp_path: Path) -> None:
    resolved = load(
        None, environment={"SMALLCODE_DISABLE": "line endigs"}, user_file=tmp_path / "config.toml"
    )
    assert resolved.settings.disable == ()
    assert "line endings" in resolved.warnings[0]
