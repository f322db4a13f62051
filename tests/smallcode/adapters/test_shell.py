"""What a command does to the shell and the shell to a command: against the real bash."""

import os
import stat
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import pytest

from smallcode.adapters.shell import BashShell
from smallcode.errors import ShellError
from smallcode.ports import ShellResult

AS_BEFORE = "The folder and the variables are as they were before this command."
BACKGROUND = "Background processes were ended together with the command."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose name needs quoting, with two folders and a link that leads out."""
    project = tmp_path / "my project's $HOME"
    (project / "sub" / "deep").mkdir(parents=True)
    (project / "out").symlink_to("/usr")
    (project / "in").symlink_to("sub")
    return project


@pytest.fixture
async def shell(root: Path) -> AsyncIterator[BashShell]:
    made = BashShell(str(root))
    yield made
    await made.aclose()


async def runs(shell: BashShell, *commands: str, timeout: float = 10.0) -> list[ShellResult]:
    return [await shell.run(command, timeout) for command in commands]


@pytest.mark.parametrize(
    ("commands", "status", "output"),
    [
        # How a command ends.
        (["true"], 0, ""),
        (["false"], 1, ""),
        (["exit 3"], 3, ""),
        (["exit 3", "echo on"], 0, "on\n"),
        (["kill -TERM $$"], 143, ""),
        (["kill -9 $$", "echo on"], 0, "on\n"),
        (["nosuchcommand"], 127, "bash: line 1: nosuchcommand: command not found\n"),
        (["true\n\nnosuchcommand"], 127, "bash: line 3: nosuchcommand: command not found\n"),
        (["echo one; exec echo two", "echo on"], 0, "on\n"),
        (["if", "echo on"], 0, "on\n"),
        (["echo 'unclosed", "echo on"], 0, "on\n"),
        (["\n)"], 2, "bash: eval: line 2: syntax error near unexpected token `)'\nbash: eval: line 2: `)'\n"),
        (["return 1", "echo on"], 0, "on\n"),
        ([" "], 0, ""),
        (["# only a comment"], 0, ""),
        # What stays.
        (["x='a  b'", 'echo "$x"'], 0, "a  b\n"),
        (["x=$'two\\nlines'", 'echo "$x"'], 0, "two\nlines\n"),
        (["export y=1", "bash -c 'echo $y'"], 0, "1\n"),
        (["y=1", "bash -c 'echo \"<$y>\"'"], 0, "<>\n"),
        (["unset HOME", 'echo "<${HOME-unset}>"'], 0, "<unset>\n"),
        (["a=(1 'two three' 4)", 'echo "${#a[@]} ${a[1]}"'], 0, "3 two three\n"),
        (["declare -A m=([k]='v w')", 'echo "${m[k]}"'], 0, "v w\n"),
        (["n=5; declare -n r=n", "r=6; echo $n"], 0, "6\n"),
        (["declare -i i=1", "i=i+1; echo $i"], 0, "2\n"),
        (['f() { echo "f: $1"; }', "f x"], 0, "f: x\n"),
        (["f() { cat <<E\nin $1\nE\n}", "f x"], 0, "in x\n"),
        (["f() { echo exported; }; export -f f", "bash -c f"], 0, "exported\n"),
        (["shopt -s extglob", "f() { [[ $1 == @(a|b) ]]; }", "f a && echo yes"], 0, "yes\n"),
        (["alias hi='echo hello'", "hi you"], 0, "hello you\n"),
        (["alias ls='ls -d'\n", "f() { ls /; }", "declare -f f | grep -c -- '-d -d'"], 1, "0\n"),
        (["alias set=false trap=false read=false eval=false", "x=1", "echo $x"], 0, "1\n"),
        (["set -o pipefail", "false | true"], 1, ""),
        (["shopt -s nullglob", "echo *.none"], 0, "\n"),
        (["umask 027", "umask"], 0, "0027\n"),
        (["IFS=,; set -f -C", 'x="a,b"; for i in $x; do echo "$i"; done; echo *'], 0, "a\nb\n*\n"),
        (["set -o posix; x=1", "set -o | grep -c 'posix.*on'; echo $x"], 0, "1\n1\n"),
        (["shopt -s nocasematch; path=lower", "echo $path"], 0, "lower\n"),
        (["printf -v x '%0300000d' 7", "echo ${#x}"], 0, "300000\n"),
        (["OLDPWD= ; cd sub; cd deep", "cd - > /dev/null; pwd -P | grep -o '/sub$'"], 0, "/sub\n"),
        (["pushd sub > /dev/null; pushd deep > /dev/null", "popd > /dev/null", "popd | wc -l"], 0, "1\n"),
        # What would break a shell that is kept alive.
        (["readonly R=3", "R=4", "echo $R"], 0, "3\n"),
        (["set -e", "false", "echo on"], 0, "on\n"),
        (["set -e", "x=1; false; x=2", "echo $x"], 0, "1\n"),
        (["set -u", "echo $nosuch", "echo on"], 0, "on\n"),
        (["set -x; x=1 2> /dev/null", "set +x", "echo on"], 0, "on\n"),
        (["set -n", "echo on"], 0, "on\n"),
        (["set -t", "echo one; echo two"], 0, "one\ntwo\n"),
        (["set -v", "echo on"], 0, "on\n"),
        (["exec > /dev/null", "echo on"], 0, "on\n"),
        (["exec 1>&- 2>&-; x=1", "echo $x"], 0, "1\n"),
        (["trap 'echo bye' EXIT; x=1"], 0, "bye\n"),
        (["trap 'echo bye' EXIT; x=1", "echo $x"], 0, "1\n"),
        (["trap 'echo bye' EXIT; exit 4"], 4, "bye\n"),
        (["trap 'x=2' DEBUG; trap 'true' ERR", "echo on"], 0, "on\n"),
        (["x=1; f() { local x=2; exit 5; }", "f", "echo $x"], 0, "1\n"),
        (["x=1; (x=2; exit 1)", "echo $x"], 0, "1\n"),
        (["declare() { echo mine; }; echo() { :; }; cat() { :; }; x=1", "printf '%s\\n' $x"], 0, "1\n"),
        (["unset PATH", "echo on"], 0, "on\n"),
        # What goes in and out.
        (["cat"], 0, ""),
        (['read -r x; echo "$? <$x>"'], 0, "1 <>\n"),
        (["cat <<E\nheredoc $((1 + 1))\nE"], 0, "heredoc 2\n"),
        (["cat <<'E'\n$x\nE\necho after"], 0, "$x\nafter\n"),
        (["cat <<E\nnever ended"], 0, None),
        (["echo out; echo err >&2; echo out"], 0, "out\nerr\nout\n"),
        (["printf '\\377\\000a\\n'"], 0, "\ufffd\ufffda\n"),
        (["printf '\\033[31mred\\033[0m\\n'"], 0, "red\n"),
        (["echo 'größe 😀'"], 0, "größe 😀\n"),
        (["echo a\\\nb"], 0, "ab\n"),
        (["test -t 0 || test -t 1 || echo no terminal"], 0, "no terminal\n"),
        (["(: < /dev/tty) 2> /dev/null || echo no terminal"], 0, "no terminal\n"),
        (["echo $TERM $PAGER $GIT_PAGER $GIT_TERMINAL_PROMPT $NO_COLOR"], 0, "dumb cat cat 0 1\n"),
        (["compgen -v | grep -i smallcode | grep -v ^__"], 1, ""),
    ],
)
async def test_commands(shell: BashShell, commands: Sequence[str], status: int, output: str | None) -> None:
    *_, last = await runs(shell, *commands)

    assert last.exit_status == status
    assert output is None or last.output == output
    assert not last.timed_out
    (on,) = await runs(shell, "builtin echo the shell is alive")
    assert on.output.endswith("the shell is alive\n")


@pytest.mark.parametrize(
    ("commands", "notes"),
    [
        (["x=1"], ()),
        (["x=1; exit 3"], ()),
        (["set -e; false"], ()),
        (["exec true"], (AS_BEFORE,)),
        (["kill -9 $$"], (AS_BEFORE,)),
        (["sleep 100 &"], (BACKGROUND,)),
        (
            ["rmdir sub/deep; cd sub; rmdir ../sub", "true"],
            ("The folder sub is gone; the command ran in the project's root.",),
        ),
        (["builtin cd /"], ("The command left the project's root; the shell is back in the root.",)),
    ],
)
async def test_notes(shell: BashShell, commands: Sequence[str], notes: tuple[str, ...]) -> None:
    *_, last = await runs(shell, *commands)
    assert last.notes == notes


@pytest.mark.parametrize(
    ("command", "cwd"),
    [
        ("cd sub", "sub"),
        ("cd sub/deep && cd ..", "sub"),
        ("cd in/deep", "sub/deep"),
        ("cd sub; exit 3", "sub"),
        ("pushd sub/deep", "sub/deep"),
        ("cd sub; cd ..; cd sub; popd; cd deep", "sub/deep"),
        ('cd "$PWD/sub"', "sub"),
        ("cd sub; cd nosuch", "sub"),
        ("cd sub; cd a b", "sub"),
        ("(cd sub)", "."),
        ("cd -P .", "."),
    ],
)
async def test_the_folder_stays(shell: BashShell, root: Path, command: str, cwd: str) -> None:
    first, second = await runs(shell, command, "pwd -P")
    assert first.cwd == second.cwd == cwd
    assert second.output == f"{root / cwd}\n"


@pytest.mark.parametrize(
    "command",
    [
        "cd /",
        "cd",
        "cd ~",
        "cd ..",
        "cd sub/../..",
        "cd out",
        "cd -P out/lib",
        "pushd /tmp",
        "(cd .. && echo inside a subshell)",
        "echo $(cd .. && echo substituted)",
        "f() { cd ..; }; f",
        'cd "$PWD-sibling"',
        "set -e; cd /; echo went",
    ],
)
async def test_leaving_the_root_is_refused(shell: BashShell, root: Path, command: str) -> None:
    root.with_name(root.name + "-sibling").mkdir()

    result, after = await runs(shell, command, "pwd")

    assert f"refused: that is outside the project {root}. Stay inside it" in result.output
    assert not {"inside a subshell", "substituted", "went"} & set(result.output.splitlines())
    assert (result.cwd, after.output) == (".", f"{root}\n")


async def test_a_refused_cd_fails_and_changes_nothing(shell: BashShell) -> None:
    result, after = await runs(shell, 'cd sub; cd deep; cd /; echo $?; basename "$OLDPWD"', "dirs | wc -l")
    assert result.output.endswith("\n1\nsub\n")
    assert after.output == "1\n"


async def test_cd_says_what_bash_says(shell: BashShell) -> None:
    missing, traced = await runs(shell, "cd nosuch", "set -x; cd sub")
    assert missing.output == "bash: cd: nosuch: No such file or directory\n"
    assert traced.output == "++ cd sub\n"


async def test_leaving_the_root_can_be_allowed(root: Path) -> None:
    shell = BashShell(str(root), allow_cd_outside=True)
    try:
        up, there, back = await runs(
            shell,
            "cd ..",
            "pwd",
            "cd -; cd() { builtin cd sub; }",
        )
        assert (up.cwd, there.output, back.cwd) == ("..", f"{root.parent}\n", ".")
        assert (await runs(shell, "cd"))[0].cwd == "sub", "the user's own cd is kept"
    finally:
        await shell.aclose()


async def test_the_root_may_be_the_root_of_the_disk() -> None:
    shell = BashShell("/")
    try:
        first, second = await runs(shell, "cd usr", "cd ..; pwd")
        assert (first.cwd, second.output) == ("usr", "/\n")
    finally:
        await shell.aclose()


async def test_what_is_told_of_the_environment(root: Path) -> None:
    environment: Mapping[str, str] = {
        "PATH": os.environ["PATH"],
        "SMALLCODE_API_KEY": "sk-secret",
        "SMALLCODE_MODEL": "m",
        "BASH_ENV": "/nonexistent",
        "CDPATH": "/usr",
        "FORCE_COLOR": "1",
        "KEPT": "yes",
        "not-a-name": "kept too",
    }
    shell = BashShell(str(root), environment=environment)
    try:
        first, second = await runs(shell, "env", "env")
        for result in (first, second):
            seen = dict(line.split("=", 1) for line in result.output.splitlines())
            assert not [name for name in seen if "SMALLCODE" in name.upper()]
            assert not {"BASH_ENV", "CDPATH", "FORCE_COLOR"} & seen.keys()
            assert (seen["KEPT"], seen["not-a-name"], seen["TERM"]) == ("yes", "kept too", "dumb")
    finally:
        await shell.aclose()


async def test_the_command_line_does_not_name_the_command(shell: BashShell, root: Path) -> None:
    """Or else `pkill -f server.py` would end the shell that it stands in."""
    (result,) = await runs(shell, "tr '\\0' ' ' < /proc/$$/cmdline; # project_server_987")
    assert "project_server_987" not in result.output
    assert root.name not in result.output


async def test_the_state_is_private_and_goes_with_the_shell(shell: BashShell) -> None:
    (told,) = await runs(shell, 'umask 000; export SECRET=1; echo "$__smallcode_state"')
    folder = Path(told.output.strip())
    assert folder.parent == Path(tempfile.gettempdir())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    await shell.aclose()
    await shell.aclose()

    assert not folder.exists()
    with pytest.raises(ShellError, match="closed"):
        await shell.run("true", 10)


@pytest.mark.parametrize("command", ["echo a\0b", "echo \ud800"])
async def test_what_no_shell_can_take(shell: BashShell, command: str) -> None:
    with pytest.raises(ShellError, match="The command"):
        await shell.run(command, 10)


async def test_no_bash(root: Path, tmp_path: Path) -> None:
    shell = BashShell(str(root), environment={"PATH": str(tmp_path)})
    with pytest.raises(ShellError, match=r"no bash on this machine. Install bash"):
        await shell.run("true", 10)
    await shell.aclose()


async def test_the_root_vanishes(root: Path, shell: BashShell) -> None:
    await shell.run("true", 10)
    root.rename(root.with_name("elsewhere"))
    with pytest.raises(ShellError, match="is gone"):
        await shell.run("true", 10)


async def test_a_state_that_cannot_be_written_is_told(root: Path) -> None:
    """As on a full disk: the marker at the end is missing then."""
    shell = BashShell(str(root))
    try:
        before, told, after = await runs(shell, "x=1", "x=2; ulimit -f 0; trap '' XFSZ", "echo $x")
        assert (before.notes, told.notes, after.output) == ((), (AS_BEFORE,), "1\n")
    finally:
        await shell.aclose()
