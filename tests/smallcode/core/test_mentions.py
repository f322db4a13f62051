"""What a message points at, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.mentions import Mention, mention_of, read_mentions


def path(name: str, first: int | None = None, last: int | None = None) -> Mention:
    return Mention("path", name, first, last)


def perhaps(name: str) -> Mention:
    return Mention("path", name, sure=False)


@pytest.mark.parametrize(
    ("message", "mentions"),
    [
        ("explain @src/a.py", [path("src/a.py")]),
        ("explain @src/a.py#L10-20", [path("src/a.py", 10, 20)]),
        ("explain @src/a.py#L10-L20", [path("src/a.py", 10, 20)]),
        ("explain @src/a.py#L20-10", [path("src/a.py", 10, 20)]),
        ("explain @src/a.py#L7", [path("src/a.py", 7, 7)]),
        ("explain @src/a.py:10-20.", [path("src/a.py", 10, 20)]),
        ("at @src/a.py:10:4", [path("src/a.py", 10, 10)]),
        ("@a.py#L0", [path("a.py", 1, 1)]),
        ("(see @src/a.py).", [path("src/a.py")]),
        ("is it @a.py? or @b.py!", [path("a.py"), path("b.py")]),
        ("@a.py,@b.py", [path("a.py"), path("b.py")]),
        ("@a.py's bug", [path("a.py")]),
        ("@a.py @a.py", [path("a.py")]),
        ("list @src/", [path("src/")]),
        ('@"my file.py" now', [path("my file.py")]),
        ("@'my file.py'#L3-4", [path("my file.py", 3, 4)]),
        (r"@my\ file.py now", [path("my file.py")]),
        (r"@src\win\a.py", [path("src/win/a.py")]),
        ("@app/(group)/[id].tsx?", [path("app/(group)/[id].tsx")]),
        ("解释@main.go的作用", [path("main.go")]),
        ("解释一下 @main.go#L3-5。", [path("main.go", 3, 5)]),
        ("@.github/workflows/ci.yml", [path(".github/workflows/ci.yml")]),
        ("@shot.png what is wrong", [path("shot.png")]),
        ("@a/b/c.weird", [path("a/b/c.weird")]),
        ("look at @Makefile and @tests", [perhaps("Makefile"), perhaps("tests")]),
    ],
)
def test_files_and_folders(message: str, mentions: list[Mention]) -> None:
    assert list(read_mentions(message)) == mentions


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        ("#selection explain", ["selection"]),
        ("fix #diagnostics, please", ["diagnostics"]),
        ("review #diff.", ["diff"]),
        ("(#diff)", ["diff"]),
        ("#diff-1 and x#diff and #differ and #selections", []),
        ("#selection { color: red }", []),
        ("# diff\ntext", []),
    ],
)
def test_words_for_what_the_editor_knows(message: str, kinds: list[str]) -> None:
    assert [mention.kind for mention in read_mentions(message)] == kinds


@pytest.mark.parametrize(
    "message",
    [
        "mail ada@example.org about it",
        "git@github.com:ada/shop.git",
        "git show HEAD@{1} or stash@{0}",
        "npm i left-pad@1.3.0",
        "https://example.org/@ada/post.html",
        "@@ -1,2 +3,4 @@",
        "`@a.py` is code",
        "```\n@a.py\n```",
        "~~~\n@a.py",
        "@app.route('/')\ndef index(): ...",
        "@functools.cache\ndef f(): ...",
        "  @pytest.mark.slow\n  async def test_it(): ...",
        "@Input.json\nexport class A {}",
        "@ alone",
        "@... and @?",
    ],
)
def test_no_mentions(message: str) -> None:
    assert read_mentions(message) == ()


@pytest.mark.parametrize(
    "message",
    [
        "@property is broken",
        "what does @types/node do",
        "npm i @types/chart.js",
        "@angular/core@17.0.2",
        "use @tanstack/react.query",
        "@ada can you look",
        "@param {string} name",
        "@media (max-width: 3px)",
        "import x from '@/components/Foo.vue'",
        'from "@app/util.ts"',
    ],
)
def test_what_may_be_something_else_is_only_a_file_if_it_is_there(message: str) -> None:
    assert [mention.sure for mention in read_mentions(message)] == [False]


@pytest.mark.parametrize(
    ("given_path", "mention"),
    [("src/a b.py", path("src/a b.py")), ("a.py#L2-3", path("a.py", 2, 3)), (" a.py:5 ", path("a.py", 5, 5))],
)
def test_paths_that_the_editor_names(given_path: str, mention: Mention) -> None:
    assert mention_of(given_path) == mention


NAMES = st.text("abcxyz019_-", min_size=1, max_size=8).filter(lambda name: name[0] not in "-")
PATHS = st.builds(
    lambda folders, name, suffix: "/".join([*folders, f"{name}.{suffix}"]),
    st.lists(NAMES.filter(lambda name: name != "types"), max_size=3),
    NAMES,
    st.sampled_from(["py", "ts", "rs", "go", "md", "toml"]),
)
AROUND = st.sampled_from(["", " ", "see ", "(", "fix:\n", "解释", "a, b, "])
BEHIND = st.sampled_from(["", " ", ".", ", please", ")", "?", "…", ":\n", " 'x'", "。", "; then"])


@given(AROUND, PATHS, BEHIND)
def test_a_path_is_found_in_any_sentence(before: str, name: str, behind: str) -> None:
    assert read_mentions(f"{before}@{name}{behind}") == (path(name),)


@given(AROUND, PATHS, st.integers(1, 999), st.integers(1, 999), BEHIND)
def test_lines_are_found_with_it(before: str, name: str, first: int, last: int, behind: str) -> None:
    low, high = sorted((first, last))
    assert read_mentions(f"{before}@{name}#L{first}-{last}{behind}") == (path(name, low, high),)


@given(NAMES, PATHS)
def test_an_address_is_no_mention(who: str, where: str) -> None:
    assert read_mentions(f"{who}@{where}") == ()


@given(st.text(max_size=300) | st.text("@#\"'`./\\ \n:L0-(){}~", max_size=300))
def test_any_text_is_read(text: str) -> None:
    for mention in read_mentions(text):
        assert (mention.kind == "path") == bool(mention.name)
        assert mention.first is None or 1 <= mention.first <= (mention.last or 0)


@pytest.mark.parametrize(
    "piece", ["@", "@a.py ", "@a)", "#diff ", "`", "```\n", '@"', ".a", "@a.b(", "\\ ", "@x\n"]
)
def test_long_texts_end(piece: str) -> None:
    assert len(read_mentions(piece * 20_000)) <= 20
