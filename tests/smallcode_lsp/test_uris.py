from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smallcode_lsp.uris import file_key, from_path, relative_to, to_path


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("file:///a/b.py", "/a/b.py"),
        ("file:/a/b.py", "/a/b.py"),
        ("FILE:///a/b.py", "/a/b.py"),
        ("file://localhost/a/b.py", "/a/b.py"),
        ("file://LOCALHOST/a/b.py", "/a/b.py"),
        ("file:///a%20b/c.py", "/a b/c.py"),
        ("file:///a b/c.py", "/a b/c.py"),
        ("file:///a%2520b", "/a%20b"),
        ("file:///100%", "/100%"),
        ("file:///a%23b%3Fc", "/a#b?c"),
        ("file:///a#b?c", "/a#b?c"),
        ("file:///%C3%A9", "/é"),
        ("file:///é", "/é"),
        ("file:///%F0%9F%98%80", "/😀"),
        ("file:///%FF", "/\udcff"),
        ("file:///c%3A/x", "/c:/x"),
        ("file:///a\\b", "/a\\b"),
        ("file:///a\nb", "/a\nb"),
        ("file://server/share/x", None),
        ("file:", None),
        ("file:relative", None),
        ("file:///a%00b", None),
        ("untitled:Untitled-1", None),
        ("vscode-notebook-cell:/a.ipynb#W0", None),
        ("/a/b.py", None),
        ("", None),
    ],
)
def test_to_path(uri: str, expected: str | None) -> None:
    assert to_path(uri, windows=False) == expected


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("file:///c%3A/My%20Files/x.py", "C:\\My Files\\x.py"),
        ("file:///C:/x.py", "C:\\x.py"),
        ("file:///c:", "C:\\"),
        ("file://localhost/d:/x", "D:\\x"),
        ("file://server/share/x%20y", "\\\\server\\share\\x y"),
    ],
)
def test_to_path_on_windows(uri: str, expected: str) -> None:
    assert to_path(uri, windows=True) == expected


@pytest.mark.parametrize(
    ("path", "windows", "expected"),
    [
        ("/a b/c#d?e%.py", False, "file:///a%20b/c%23d%3Fe%25.py"),
        ("/é/😀", False, "file:///%C3%A9/%F0%9F%98%80"),
        ("/a\\b", False, "file:///a%5Cb"),
        ("/\udcff", False, "file:///%FF"),
        ("c:\\My Files\\x.py", True, "file:///C:/My%20Files/x.py"),
        ("\\\\server\\share\\x y", True, "file://server/share/x%20y"),
    ],
)
def test_from_path(path: str, windows: bool, expected: str) -> None:
    assert from_path(path, windows=windows) == expected


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_there_and_back(name: str) -> None:
    path = f"/folder/{name}"
    assert to_path(from_path(path, windows=False), windows=False) == path
    assert from_path(path, windows=False).isascii()


@given(st.text())
@example("\0/")
def test_no_uri_raises(uri: str) -> None:
    for windows in (False, True):
        for text in (uri, f"file:{uri}", f"file://{uri}"):
            path = to_path(text, windows=windows)
            assert path is None or "\0" not in path


def test_links_lead_to_one_key(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert file_key(str(tmp_path / "link" / "not there")) == file_key(
        str(tmp_path / "real" / "." / "not there")
    )


@pytest.mark.parametrize(
    ("path", "root", "expected"),
    [
        ("/a/b/c.py", "/a", "b/c.py"),
        ("/a/b/c.py", "/a/", "b/c.py"),
        ("/a/b", "/", "a/b"),
        ("/ab/c", "/a", None),
        ("/a", "/a", None),
    ],
)
def test_relative_to(path: str, root: str, expected: str | None) -> None:
    assert relative_to(path, root) == expected
