from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from .base import Ecosystem, Facts, Layout, Tests, known

_FRAMEWORKS: Mapping[str, str] = {
    "django": "Django", "fastapi": "FastAPI", "flask": "Flask", "starlette": "Starlette",
    "litestar": "Litestar", "aiohttp": "aiohttp", "tornado": "Tornado", "pyramid": "Pyramid",
    "celery": "Celery", "sqlalchemy": "SQLAlchemy", "pydantic": "pydantic", "streamlit": "Streamlit",
    "typer": "Typer", "click": "Click", "textual": "Textual", "scrapy": "Scrapy", "pygls": "pygls",
    "torch": "PyTorch", "tensorflow": "TensorFlow", "pandas": "pandas", "numpy": "NumPy",
    "pyside6": "PySide6", "pygame": "pygame",
}  # fmt: skip

MOST_FRAMEWORKS = 4

_REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", "requirements_dev.txt", "dev-requirements.txt")
_NAME = re.compile(r"^\s*([A-Za-z0-9][\w.-]*)", re.MULTILINE)
_QUOTED = re.compile(r"[\"']([A-Za-z][\w.-]*)")
_SAMPLES = ("tests/test_*.py", "test/test_*.py", "test_*.py", "*_test.py", "tests/*/test_*.py")


def _read(layout: Layout) -> Facts:
    data = _toml(layout.text("pyproject.toml"))
    packages = frozenset(_packages(layout, data))
    manager = _manager(layout, data)
    prefix = _prefix(layout, manager)
    scripts = _table(_table(data, "project"), "scripts") or _table(_table(data, "tool", "poetry"), "scripts")
    entry = tuple(
        f"{name} = {target}" for name, target in list(scripts.items())[:2] if isinstance(target, str)
    )
    main = layout.first("manage.py", "__main__.py", "src/*/__main__.py", "main.py", "app.py", "cli.py")
    return Facts(
        "Python",
        runtime=_runtime(layout, data),
        packages=manager,
        frameworks=known(_FRAMEWORKS, packages)[:MOST_FRAMEWORKS],
        entry=entry or ((main,) if main else ()),
        build=_build(data, manager),
        run=_run(scripts, main, prefix),
        tests=_tests(layout, data, packages, prefix),
    )


def _runtime(layout: Layout, data: Mapping[str, Any]) -> str:
    wanted = _table(data, "project").get("requires-python")
    wanted = wanted or _table(data, "tool", "poetry", "dependencies").get("python")
    told = [f"Python {wanted}" if isinstance(wanted, str) else "Python"]
    pinned = layout.text(".python-version").strip().split("\n")[0]
    if pinned:
        told.append(f"pinned {pinned}")
    for folder in (".venv", "venv"):
        version = re.search(r"^version(?:_info)? *= *([\d.]+)", layout.text(f"{folder}/pyvenv.cfg"), re.M)
        if version:
            told.append(f"{version[1]} in {folder}")
            break
    return ", ".join(told)


def _packages(layout: Layout, data: Mapping[str, Any]) -> Iterator[str]:
    """Names of what the project depends on, in small letters, from every file that may tell."""
    project = _table(data, "project")
    groups = [project.get("dependencies"), *_table(project, "optional-dependencies").values()]
    groups += _table(data, "dependency-groups").values()
    for group in groups:
        for line in group if isinstance(group, list) else ():
            if isinstance(line, str) and (name := _NAME.match(line)):
                yield _normal(name[1])
    poetry = _table(data, "tool", "poetry")
    for table in (poetry, *_table(poetry, "group").values(), _toml(layout.text("Pipfile"))):
        for key in ("dependencies", "dev-dependencies", "packages", "dev-packages"):
            yield from map(_normal, _table(table, key))
    for file in _REQUIREMENTS:
        yield from map(_normal, _NAME.findall(layout.text(file)))
    yield from map(_normal, _QUOTED.findall(layout.text("setup.py")))
    yield from map(_normal, _NAME.findall(layout.text("setup.cfg")))


def _manager(layout: Layout, data: Mapping[str, Any]) -> str:
    tools = _table(data, "tool")
    signs = (
        ("uv", layout.has("uv.lock") or "uv" in tools),
        ("poetry", layout.has("poetry.lock") or "poetry" in tools),
        ("pdm", layout.has("pdm.lock") or "pdm" in tools),
        ("pipenv", layout.has("Pipfile", "Pipfile.lock")),
        ("conda", layout.has("environment.yml", "environment.yaml")),
    )
    return next((name for name, there in signs if there), "pip")


def _prefix(layout: Layout, manager: str) -> str:
    """What stands before a module's name to run it."""
    if manager in ("uv", "poetry", "pdm", "pipenv"):
        return f"{manager} run python -m "
    for folder in (".venv", "venv"):
        if layout.has(f"{folder}/pyvenv.cfg"):
            return f"{folder}/bin/python -m "
    return "python3 -m "


def _build(data: Mapping[str, Any], manager: str) -> str:
    if "build-system" not in data:
        return ""
    return f"{manager} build" if manager in ("uv", "poetry", "pdm") else "pip install -e ."


def _run(scripts: Mapping[str, Any], main: str, prefix: str) -> str:
    interpreter = prefix.removesuffix(" -m ")
    if main == "manage.py":
        return f"{interpreter} manage.py runserver"
    if scripts:
        return f"{prefix.partition(' python')[0]} {next(iter(scripts))}" if " run " in prefix else ""
    if main.endswith("/__main__.py"):
        return f"{prefix}{main.split('/')[-2]}"
    return f"{interpreter} {main}" if main and main != "__main__.py" else ""


def _tests(layout: Layout, data: Mapping[str, Any], packages: frozenset[str], prefix: str) -> Tests | None:
    """By what is configured, else by how the tests that are there are written."""
    samples = [
        text for name, text in layout.texts.items() if re.search(r"(?:^|/)(?:test_\w*|\w+_test)\.py$", name)
    ]
    configured = "pytest" in _table(data, "tool") or layout.has(
        "pytest.ini", "conftest.py", "tests/conftest.py"
    )
    configured = (
        configured or "[tool:pytest]" in layout.text("setup.cfg") or "[pytest]" in layout.text("tox.ini")
    )
    written = any(re.search(r"^(?:async )?def test_|\bimport pytest\b", text, re.M) for text in samples)
    if layout.has("manage.py") and not (configured or "pytest" in packages):
        return Tests("unittest", f"{prefix.removesuffix(' -m ')} manage.py test")
    if configured or "pytest" in packages or written:
        return Tests("pytest", f"{prefix}pytest")
    folder = next((name for name in ("tests", "test") if layout.first(f"{name}/test*.py")), "")
    if samples or folder:
        return Tests("unittest", f"{prefix}unittest discover" + (f" -s {folder}" if folder else ""))
    return None


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _toml(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _table(data: Any, *keys: str) -> Mapping[str, Any]:
    """The table at a path of keys; an empty one where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data if isinstance(data, Mapping) else {}


PYTHON = Ecosystem(
    "Python",
    signs=("pyproject.toml", "setup.py", "setup.cfg", "requirements*.txt", "Pipfile", "manage.py", "*.py"),
    manifests=(
        "pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "tox.ini", ".python-version",
        ".venv/pyvenv.cfg", "venv/pyvenv.cfg", *_REQUIREMENTS,
    ),
    read=_read,
    folders=("src", "src/*", "tests", "test", ".venv", "venv"),
    samples=_SAMPLES,
)  # fmt: skip
