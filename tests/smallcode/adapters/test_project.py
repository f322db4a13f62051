"""Manifests on the disk: what is found, what is kept, what is not followed."""

import os
from pathlib import Path

import pytest

from smallcode.adapters.project import ProjectReader


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, []),
        ({"notes.txt": ""}, []),
        ({"package.json": "{}"}, [("Node", "")]),
        ({"package.json": "{}", "scripts/build.py": "", "gen.py": ""}, [("Node", "")]),
        ({"package.json": "{}", "pyproject.toml": ""}, [("Node", ""), ("Python", "")]),
        ({"web/package.json": "{}", "api/go.mod": "module x"}, [("Go", "api"), ("Node", "web")]),
        ({"node_modules/x/package.json": "{}", ".cache/go.mod": ""}, []),
        ({"script.py": ""}, [("Python", "")]),
    ],
)
async def test_which_projects_are_found(
    tmp_path: Path, files: dict[str, str], found: list[tuple[str, str]]
) -> None:
    write(tmp_path, files)
    facts = await ProjectReader(tmp_path).facts()
    assert [(one.ecosystem, one.folder) for one in facts] == found


async def test_packages_and_samples_are_looked_into(tmp_path: Path) -> None:
    write(
        tmp_path, {"pyproject.toml": "", "src/shop/__main__.py": "", "tests/test_a.py": "def test_a(): ..."}
    )
    (facts,) = await ProjectReader(tmp_path).facts()
    assert facts.run == "python3 -m shop"
    assert facts.tests is not None
    assert facts.tests.runner == "pytest"


async def test_it_is_read_again_where_something_changed(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": '{"scripts": {"test": "jest"}}'})
    reader = ProjectReader(tmp_path)
    first = await reader.facts()
    assert await reader.facts() is first
    write(tmp_path, {"package.json": '{"scripts": {"test": "vitest"}}'})
    os.utime(tmp_path / "package.json", ns=(1, 1))
    (second,) = await reader.facts()
    assert second.tests is not None
    assert second.tests.runner == "vitest"
    write(tmp_path, {"go.mod": "module x"})
    assert [one.ecosystem for one in await reader.facts()] == ["Go", "Node"]


async def test_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    write(outside, {"package.json": '{"main": "secret.js"}'})
    root.mkdir()
    (root / "package.json").symlink_to(outside / "package.json")
    (root / "web").symlink_to(outside)
    (facts,) = await ProjectReader(root).facts()
    assert facts.entry == ()


async def test_a_folder_that_is_gone_has_no_facts(tmp_path: Path) -> None:
    assert await ProjectReader(tmp_path / "gone").facts() == ()
