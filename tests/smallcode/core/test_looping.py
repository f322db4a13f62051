"""Which calls count as the same, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from smallcode.core.looping import WARMER, Loops, Repeatable
from smallcode.core.novelty import is_new, lines_of


def read(path: str = "a.py", **rest: object) -> Repeatable:
    return Repeatable("read_file", {"path": path, **rest}, path.removeprefix("./"))


def run(command: str) -> Repeatable:
    return Repeatable("bash", {"command": command}, command=command)


def patch(old: str = "x", new: str = "y", path: str = "a.py") -> Repeatable:
    return Repeatable("patch", {"path": path, "old_str": old, "new_str": new}, path, changes=True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (read(), read("./a.py"), True),
        (read(), read(start_line=4), True),
        (read(), read("b.py"), False),
        (run("pytest  -q"), run("pytest -q"), True),
        (run("timeout 60 pytest"), run("timeout 90 pytest"), True),
        (run("head -n 20 a"), run("head -n 40 a"), True),
        (run("sed -n 1,9p a"), run("sed -n 4,80p a"), True),
        (run("cat ./a"), run("cat a"), True),
        (run("f(1)"), run("f(2)"), False),
        (patch("x "), patch("x"), False),
        (Repeatable("search", {"pattern": "v1"}), Repeatable("search", {"pattern": "v2"}), False),
    ],
)
def test_which_calls_are_the_same(one: Repeatable, other: Repeatable, same: bool) -> None:
    assert (one.loose == other.loose) is same


TEN = "\n".join(f"line {word}" for word in "abcdefghij")


@pytest.mark.parametrize(
    ("first", "second", "new"),
    [
        ("1 passed in 0.31s", "1 passed in 0.28s", False),
        ("1 passed in 0.31s", "1 failed in 0.31s", True),
        (TEN, f"{TEN}\nline k", False),
        (TEN, f"{TEN}\nline k\nline l\nline m", True),
        ("at 0xdeadbeef", "at 0xcafe1234", False),
        ("done", "", False),
    ],
)
def test_news(first: str, second: str, new: bool) -> None:
    assert is_new(lines_of(second), lines_of(first)) is new


@dataclass
class Play:
    """Feeds calls as the loop does. ``out_of_sight`` are calls whose results left the prompt."""

    loops: Loops
    number: int = 0
    revision: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    out_of_sight: bool = False

    def __call__(
        self, call: Repeatable, content: str = "the same\nold\nlines\nhere", changed: bool = False
    ) -> str:
        """The step before the call, or after it where it went."""
        self.number += 1
        sight = frozenset() if self.out_of_sight else frozenset(str(one) for one in range(self.number))
        call = replace(call, version=self._version(call))
        step, _, _ = self.loops.before(call, self.revision, sight)
        if step != "go":
            return step
        if changed:
            self.versions[call.path] = self.versions.get(call.path, 0) + 1
        call = replace(call, version=self._version(call))
        step, _ = self.loops.after(call, str(self.number), content, changed=changed, revision=self.revision)
        return step

    def _version(self, call: Repeatable) -> str:
        return f"v{self.versions.get(call.path, 0)}" if call.path else ""


@pytest.fixture
def play() -> Play:
    return Play(Loops())


def test_the_ladder(play: Play) -> None:
    steps = [play(read()) for _ in range(6)]
    assert steps == ["go", "same", "other way", "refuse", "refuse", "stop"]


def test_the_temperature_rises(play: Play) -> None:
    warmth = []
    for _ in range(5):
        play(read())
        warmth.append(play.loops.warmth)
    assert warmth == [0.0, 0.0, WARMER, 2 * WARMER, 2 * WARMER]
    play(read("other.py"), "news")
    assert play.loops.warmth == 0.0


def test_cycles_are_the_repetitions_of_each(play: Play) -> None:
    steps = [
        play(call, name)
        for _ in range(3)
        for name, call in (("x", run("ls")), ("y", read()), ("z", read("b")))
    ]
    assert steps == ["go"] * 3 + ["same"] * 3 + ["other way"] * 3


def test_other_offsets_with_nothing_new(play: Play) -> None:
    steps = [play(read(start_line=start)) for start in range(1, 7)]
    assert steps == ["go", "same", "other way", "refuse", "other way", "stop"]


def test_pages_of_a_file_are_no_loop(play: Play) -> None:
    steps = [
        play(read(start_line=page), "\n".join(f"{page} {row}" for row in range(20))) for page in range(9)
    ]
    assert steps == ["go"] * 9


def test_a_change_begins_anew(play: Play) -> None:
    steps = []
    for turn in range(4):
        steps += [play(run("pytest")), play(patch(str(turn)), f"changed {turn}", changed=True)]
    assert steps == ["go"] * 8


def test_what_the_user_types_begins_anew(play: Play) -> None:
    assert [play(read()), play(read())] == ["go", "same"]
    play.revision += 1
    assert play(read()) == "go"


def test_a_command_that_wrote_begins_anew(play: Play) -> None:
    assert [play(run("pytest")), play(run("sed -i s/a/b/ a.py"), "ok"), play(run("pytest"))] == ["go"] * 3


def test_two_commands_that_may_write_and_tell_the_same_are_a_loop(play: Play) -> None:
    steps = [play(call, out) for _ in range(4) for call, out in ((run("./a"), "1"), (run("./b"), "2"))]
    assert "same" in steps and "other way" in steps


def test_polling_that_shows_news_is_no_loop(play: Play) -> None:
    assert [play(run("curl x"), f"{n} of 9") for n in range(9)] == ["go"] * 9


def test_a_change_that_was_made_is_not_made_again(play: Play) -> None:
    assert play(patch(), "changed", changed=True) == "go"
    assert [play(patch()) for _ in range(5)] == ["done already"] * 4 + ["stop"]


def test_a_change_of_another_file_does_not_hide_that_it_was_made(play: Play) -> None:
    play(patch(), "changed", changed=True)
    play(patch(path="b.py"), "changed", changed=True)
    assert play(patch()) == "done already"


def test_who_gets_on_in_between_is_not_stopped(play: Play) -> None:
    play(patch(), "changed", changed=True)
    steps = []
    for number in range(9):
        steps += [play(patch()), play(patch(path=f"{number}.py"), f"changed {number}", changed=True)]
    assert steps == ["done already", "go"] * 9


def test_after_another_change_of_the_file_it_may_be_made_again(play: Play) -> None:
    play(patch("x", "y"), "changed", changed=True)
    play(patch("y", "x"), "changed back", changed=True)
    assert play(patch("x", "y"), "changed again", changed=True) == "go"


def test_a_change_that_was_taken_back_by_others_may_be_made_again(play: Play) -> None:
    play(patch(), "changed", changed=True)
    play(run("git checkout a.py"), "ok")
    play.versions["a.py"] = 7
    assert play(patch(), "changed", changed=True) == "go"


def test_a_command_in_between_is_no_reason_to_make_a_change_twice(play: Play) -> None:
    play(patch(), "changed", changed=True)
    play(run("python3 app.py"), "ok")
    assert play(patch()) == "done already"


def test_a_change_that_failed_may_be_tried_again(play: Play) -> None:
    assert [play(patch(), "not found") for _ in range(4)] == ["go", "same", "other way", "refuse"]


def test_what_left_the_prompt_is_needed_again(play: Play) -> None:
    play.out_of_sight = True
    assert [play(read()) for _ in range(7)] == ["go"] * 7
