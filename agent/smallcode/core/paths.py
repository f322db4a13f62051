"""What a path inside the workspace means: which one was perhaps meant, which are not the agent's to write.

Paths are relative to the root, with forward slashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from pathspec import GitIgnoreSpec

# Comparing every name of a large repository would take seconds; names of a similar length come first.
_MOST_COMPARED = 2000

# Files that run something unasked, or that set what the agent or the editor may do. A change of them needs
# a person's answer, whatever the policy says. Build files that the user runs by hand are not among them.
_NEEDS_PERSON = GitIgnoreSpec.from_lines(
    (
        ".github/",
        ".gitlab/",
        ".gitlab-ci.yml",
        ".ci/",
        ".circleci/",
        ".buildkite/",
        ".woodpecker/",
        ".woodpecker.y*ml",
        ".travis.yml",
        ".drone.yml",
        ".appveyor.yml",
        "appveyor.yml",
        "azure-pipelines.y*ml",
        "bitbucket-pipelines.yml",
        "jenkinsfile",
        ".vscode/",
        ".idea/",
        ".zed/",
        ".devcontainer/",
        "*.code-workspace",
        ".exrc",
        ".nvimrc",
        ".nvim.lua",
        ".vimrc",
        ".dir-locals.el",
        "smallcode.toml",
        ".smallcode/",
        ".gitattributes",
        ".gitmodules",
        ".gitconfig",
        ".githooks/",
        ".husky/",
        ".pre-commit-config.y*ml",
        ".envrc",
    )
)


def needs_person(path: str) -> bool:
    """Whether a change of this file must be allowed by a person: continuous integration, editor settings,
    the agent's own configuration, git's hooks and attributes. Case is not looked at, since some file
    systems do not look at it either."""
    return _NEEDS_PERSON.match_file(path.casefold())


def inside_git(path: str) -> bool:
    """Whether the path is git's own: a folder or file ``.git`` at any depth, or what lies in it.

    Windows takes ``.git.`` and ``GIT~1`` for the same name.
    """
    return any(part.casefold().rstrip(". ") in {".git", "git~1"} for part in path.split("/"))


def nearest_paths(wanted: str, paths: Sequence[str], limit: int = 3) -> tuple[str, ...]:
    """At most ``limit`` of ``paths`` that resemble ``wanted``, best first: the same file name elsewhere,
    then similar names."""
    wanted = wanted.replace("\\", "/")
    name = _name(wanted)
    same = [path for path in paths if _name(path) == name]
    same.sort(key=lambda path: (-_common_tail(path, wanted), path))
    if len(same) >= limit:
        return tuple(same[:limit])
    by_name: dict[str, list[str]] = {}
    for path in paths:
        by_name.setdefault(_name(path), []).append(path)
    candidates = sorted(by_name.keys() - {name}, key=lambda other: (abs(len(other) - len(name)), other))
    similar = get_close_matches(name, candidates[:_MOST_COMPARED], n=limit, cutoff=0.7)
    found = same + [path for close in similar for path in sorted(by_name[close])]
    return tuple(found[:limit])


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1].casefold()


def _common_tail(path: str, wanted: str) -> int:
    """How many parts at the end are equal."""
    count = 0
    for ours, theirs in zip(reversed(path.split("/")), reversed(wanted.split("/")), strict=False):
        if ours.casefold() != theirs.casefold():
            break
        count += 1
    return count
