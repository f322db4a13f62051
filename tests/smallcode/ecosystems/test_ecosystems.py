"""What manifests say, by ecosystem, and how much the model is told of it."""

import json

import pytest

from smallcode.adapters.measure import vocabulary_tokens
from smallcode.core.room import Room
from smallcode.ecosystems import ALL, HEADING, Ecosystem, Facts, Layout, Tests, render
from smallcode.ecosystems.go import GO
from smallcode.ecosystems.node import NODE
from smallcode.ecosystems.python import PYTHON
from smallcode.ecosystems.rust import RUST

ROOM = Room(200, 100_000, vocabulary_tokens)


def layout(files: dict[str, str]) -> Layout:
    return Layout(frozenset(files), files)


def package(**fields: object) -> str:
    return json.dumps(fields)


UV = """
[project]
name = "shop"
requires-python = ">=3.11"
dependencies = ["fastapi>=0.1", "SQLAlchemy[asyncio]~=2.0"]
[project.scripts]
shop = "shop.cli:main"
[build-system]
requires = ["hatchling"]
[dependency-groups]
dev = ["pytest>=8"]
"""


@pytest.mark.parametrize(
    ("ecosystem", "files", "facts"),
    [
        (
            PYTHON,
            {"pyproject.toml": UV, "uv.lock": "", ".python-version": "3.12\n"},
            Facts(
                "Python",
                runtime="Python >=3.11, pinned 3.12",
                packages="uv",
                frameworks=("FastAPI", "SQLAlchemy"),
                entry=("shop = shop.cli:main",),
                build="uv build",
                run="uv run shop",
                tests=Tests("pytest", "uv run python -m pytest"),
            ),
        ),
        (
            PYTHON,
            {
                "pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.10"\nflask = "*"\n'
                '[tool.poetry.group.dev.dependencies]\npytest = "*"\n',
                "app.py": "",
            },
            Facts(
                "Python",
                runtime="Python ^3.10",
                packages="poetry",
                frameworks=("Flask",),
                entry=("app.py",),
                run="poetry run python app.py",
                tests=Tests("pytest", "poetry run python -m pytest"),
            ),
        ),
        (
            PYTHON,
            {"requirements.txt": "Django==5.0  # web\n-r other.txt\n", "manage.py": ""},
            Facts(
                "Python",
                runtime="Python",
                packages="pip",
                frameworks=("Django",),
                entry=("manage.py",),
                run="python3 manage.py runserver",
                tests=Tests("unittest", "python3 manage.py test"),
            ),
        ),
        (
            PYTHON,
            {
                "setup.py": 'setup(install_requires=["click"])',
                ".venv/pyvenv.cfg": "home = /usr\nversion = 3.11.7\n",
                "tests/test_a.py": "import unittest\nclass T(unittest.TestCase): pass\n",
            },
            Facts(
                "Python",
                runtime="Python, 3.11.7 in .venv",
                packages="pip",
                frameworks=("Click",),
                tests=Tests("unittest", ".venv/bin/python -m unittest discover -s tests"),
            ),
        ),
        (
            PYTHON,
            {"cart.py": "", "test_cart.py": "def test_total():\n    assert True\n"},
            Facts("Python", runtime="Python", packages="pip", tests=Tests("pytest", "python3 -m pytest")),
        ),
        (PYTHON, {"pyproject.toml": "not [ toml"}, Facts("Python", runtime="Python", packages="pip")),
        (
            NODE,
            {
                "package.json": package(
                    engines={"node": ">=20"},
                    scripts={"dev": "vite", "build": "vite build", "test": "vitest --coverage"},
                    dependencies={"react": "18"},
                    devDependencies={"vitest": "1", "typescript": "5"},
                ),
                "pnpm-lock.yaml": "",
                ".nvmrc": "v20.11\n",
                "src/main.tsx": "",
            },
            Facts(
                "Node",
                runtime="Node >=20, pinned v20.11",
                packages="pnpm",
                frameworks=("React", "TypeScript"),
                entry=("src/main.tsx",),
                build="pnpm run build",
                run="pnpm run dev",
                tests=Tests("vitest", "pnpm exec vitest run --coverage"),
            ),
        ),
        (
            NODE,
            {
                "package.json": package(
                    main="./lib/index.js", bin={"x": "bin/x.js"}, scripts={"test": "node --test"}
                )
            },
            Facts(
                "Node",
                runtime="Node",
                packages="npm",
                entry=("lib/index.js", "bin/x.js"),
                tests=Tests("node:test", "node --test"),
            ),
        ),
        (NODE, {"package.json": "{"}, Facts("Node", runtime="Node", packages="npm")),
        (NODE, {"package.json": "[1]"}, Facts("Node", runtime="Node", packages="npm")),
        (
            RUST,
            {
                "Cargo.toml": '[package]\nname = "shop"\nedition = "2021"\nrust-version = "1.75"\n'
                '[dependencies]\ntokio = "1"\naxum = "0.7"\n',
                "src/main.rs": "",
                "src/lib.rs": "",
                "rust-toolchain.toml": '[toolchain]\nchannel = "stable"\n',
            },
            Facts(
                "Rust",
                runtime="Rust >=1.75, edition 2021, toolchain stable",
                packages="cargo",
                frameworks=("axum", "Tokio"),
                entry=("src/main.rs", "src/lib.rs"),
                build="cargo build",
                run="cargo run",
                tests=Tests("cargo", "cargo test"),
            ),
        ),
        (
            RUST,
            {"Cargo.toml": '[workspace]\nmembers = ["core", "cli"]\n[workspace.package]\nedition = "2024"\n'},
            Facts(
                "Rust",
                runtime="Rust, edition 2024",
                packages="cargo workspace of core, cli",
                build="cargo build",
                tests=Tests("cargo", "cargo test"),
            ),
        ),
        (
            GO,
            {
                "go.mod": "module example.com/shop\n\ngo 1.22.1\ntoolchain go1.23.0\n\nrequire (\n"
                "\tgithub.com/gin-gonic/gin v1.9\n\tgithub.com/go-chi/chi/v5 v5.0 // indirect\n)\n",
                "cmd/shop": "",
                "cmd/admin": "",
            },
            Facts(
                "Go",
                runtime="Go 1.22.1, go1.23.0",
                packages="module example.com/shop",
                frameworks=("Gin", "chi"),
                entry=("cmd/admin", "cmd/shop"),
                build="go build ./...",
                run="go run ./cmd/admin",
                tests=Tests("go test", "go test ./..."),
            ),
        ),
    ],
)
def test_facts(ecosystem: Ecosystem, files: dict[str, str], facts: Facts) -> None:
    assert ecosystem.read(layout(files)) == facts


@pytest.mark.parametrize(
    ("fields", "files", "tests"),
    [
        ({"scripts": {"test": 'echo "Error: no test specified" && exit 1'}}, {}, None),
        (
            {"devDependencies": {"jest": "29"}},
            {"yarn.lock": ""},
            Tests("jest", "yarn jest"),
        ),
        ({"scripts": {"test": "jest --watch"}}, {}, Tests("jest", "npx --no-install jest")),
        (
            {"scripts": {"test": "vitest watch"}, "packageManager": "bun@1.1"},
            {},
            Tests("vitest", "bunx --no-install vitest run"),
        ),
        (
            {"scripts": {"test": "NODE_OPTIONS=--experimental-vm-modules jest"}},
            {},
            Tests("jest", "npm test --"),
        ),
        ({"scripts": {"test": "react-scripts test"}}, {}, Tests("jest", "npm test --")),
        ({"scripts": {"test": "mocha"}}, {}, Tests("", "npm test")),
        ({}, {"test/a.test.js": "import test from 'node:test'"}, Tests("node:test", "node --test")),
    ],
)
def test_how_node_projects_run_their_tests(
    fields: dict[str, object], files: dict[str, str], tests: Tests | None
) -> None:
    assert NODE.read(layout({"package.json": json.dumps(fields), **files})).tests == tests


def test_names_are_unique() -> None:
    assert len({ecosystem.name for ecosystem in ALL}) == len(ALL)


BIG = Facts(
    "Python",
    folder="backend",
    runtime="Python >=3.11, pinned 3.12, 3.12.4 in .venv",
    packages="poetry",
    frameworks=("Django", "Celery", "SQLAlchemy", "pydantic"),
    entry=("shop = shop.cli:main", "shop-worker = shop.worker.entry_points:main"),
    build="poetry build",
    run="poetry run python manage.py runserver",
    tests=Tests("pytest", "poetry run python -m pytest"),
)


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_it_takes_200_tokens_at_most(count: int) -> None:
    text = render([BIG] * count, ROOM)
    assert vocabulary_tokens(text) <= 200
    assert text.startswith(HEADING)
    assert text.count("Tests: poetry run python -m pytest") == min(count, 3)


def test_long_values_of_manifests_do_not_fill_it() -> None:
    wild = Facts("Node", runtime="Node " + "x1y2 " * 500, run="npm run " + "ä€漢" * 500)
    text = render([wild], ROOM)
    assert vocabulary_tokens(text) <= 200
    assert "\n" not in text.removeprefix(f"{HEADING}\n")


def test_nothing_is_told_of_nothing() -> None:
    assert render([], ROOM) == ""
