"""Files that are too long to be shown whole: an outline, and the lines that matter."""

import re

import pytest

METHODS = 40
BODY = "".join(f"        value_{n} = self.prices[{n}] * self.rate + {n}\n" for n in range(8))
SHOP = "import os\n\n\nclass Shop:\n" + "".join(
    f"    def method_{n}(self, amount):\n{BODY}        return amount\n\n" for n in range(METHODS)
)
LINES = SHOP.splitlines(keepends=True)
PER_METHOD = 11
FILES = {"src/shop.py": SHOP, "src/other.py": "def other():\n    return 1\n"}


def first_line(method: int) -> int:
    return 5 + PER_METHOD * method


def window_of(content: str) -> tuple[str, int, int, str]:
    """The header of the lines shown, their numbers, and the lines."""
    header = re.search(r"^src/shop\.py, lines (\d+)-(\d+) of \d+.*$", content, re.MULTILINE)
    assert header is not None, content
    return header[0], int(header[1]), int(header[2]), content[header.end() + 1 :]


async def test_a_file_that_has_room_is_shown_as_ever(project) -> None:
    plain = await project(FILES).run("read_file", path="src/other.py")
    turn = project(FILES).ask("what is method_7?", 4096)
    assert await turn.run("read_file", path="src/other.py") == plain
    assert plain.content == "src/other.py, 2 lines\ndef other():\n    return 1\n"


async def test_the_outline_comes_first_and_then_the_beginning(project) -> None:
    output = await project(FILES).ask("Tidy up.", 16384).run("read_file", path="src/shop.py")
    outline, _, _ = output.content.partition("\n\n")
    assert outline.startswith(
        "src/shop.py is too long to be shown whole. Its definitions, by line:\n4-443: class Shop:\n"
        "5-14:   def method_0(self, amount):\n"
    )
    assert f"{first_line(39)}-" in outline
    header, first, last, body = window_of(output.content)
    assert first == 1
    assert body == "".join(LINES[:last])
    assert header.endswith(f"; ends inside class Shop (4-443); next: read_file start_line={last + 1}")
    assert (last - 4) % PER_METHOD == 0 or LINES[last - 1] == "\n", "no method is cut"


@pytest.mark.parametrize(
    "request_of",
    ["Fix method_33, please.", "Why does `method_33` fail?", "method_33() gives 4"],
)
async def test_the_lines_around_what_the_request_names(project, request_of: str) -> None:
    output = await project(FILES).ask(request_of, 8192).run("read_file", path="src/shop.py")
    _, first, last, body = window_of(output.content)
    assert first <= first_line(33) < first_line(33) + 8 <= last
    assert body == "".join(LINES[first - 1 : last])


async def test_the_lines_around_what_a_search_has_found(project) -> None:
    turn = project(FILES).ask("Fix method_2.", 8192)
    await turn.run("search", pattern="def method_21")
    output = await turn.run("read_file", path="src/shop.py")
    _, first, last, _ = window_of(output.content)
    assert first <= first_line(21) <= last


async def test_lines_that_are_asked_for_come_without_an_outline(project) -> None:
    turn = project(FILES).ask("Fix method_33.", 4096)
    output = await turn.run("read_file", path="src/shop.py", start_line=1)
    _, _, last, body = window_of(output.content)
    assert output.content.startswith("src/shop.py, lines 1-")
    assert body == "".join(LINES[:last])
    output = await turn.run("read_file", path="src/shop.py", start_line=20, end_line=22)
    assert output.content == f"src/shop.py, lines 20-22 of {len(LINES)}\n{''.join(LINES[19:22])}"


async def test_a_cut_inside_a_definition_is_told(project) -> None:
    long = "def long():\n" + "".join(f"    step({n}, 'of many')\n" for n in range(900))
    output = await project({"f.py": long}).ask("", 4096).run("read_file", path="f.py", start_line=1)
    header = output.content.partition("\n")[0]
    last = int(header.rpartition("=")[2]) - 1
    assert header == (
        f"f.py, lines 1-{last} of 901; ends inside function long (1-901); "
        f"next: read_file start_line={last + 1}"
    )


@pytest.mark.parametrize("window", [4096, 8192, 16384])
async def test_the_parts_give_the_whole(project, window: int) -> None:
    turn = project(FILES).ask("", window)
    read, start = "", 1
    for _ in range(60):
        output = await turn.run("read_file", path="src/shop.py", start_line=start)
        assert turn.context.budget.room("read", 8000).holds(output.content)
        header, _, body = output.content.partition("\n")
        read += body
        if "next:" not in header:
            break
        start = int(header.rpartition("start_line=")[2])
    assert read == SHOP


async def test_a_language_without_an_outline_is_shown_around_the_place(project) -> None:
    text = "".join(f"line {n} says nothing\n" for n in range(3000)) + "the retry_limit is 3\n"
    output = (
        await project({"notes.txt": text}).ask("Raise retry_limit.", 8192).run("read_file", path="notes.txt")
    )
    assert output.content.startswith("notes.txt, lines 2991-3001 of 3001\nline 2990 says nothing\n")
    assert output.content.endswith("the retry_limit is 3\n")


async def test_nested_definitions_go_first_where_the_outline_is_long(project) -> None:
    output = await project(FILES).ask("", 4096).run("read_file", path="src/shop.py")
    outline, _, _ = output.content.partition("\n\n")
    assert outline.split("\n")[1:] == ["4-443: class Shop:", "… and 40 inside of these"]
