import pytest

from smallcode.adapters.memory import MemoryWorkspace
from smallcode.errors import NoSuchFile, NotAFile, OutsideWorkspace, Protected, StaleEdit
from smallcode.messages import Edit, SearchMatch, SearchQuery
from smallcode.ports import Workspace


async def test_it_behaves_like_the_disk() -> None:
    memory = MemoryWorkspace({"src/a.py": "x\r\n", "b.py": "y\n"})
    workspace: Workspace = memory
    text = await workspace.read("./src/../src/a.py")
    assert (text.path, text.newline) == ("src/a.py", "\r\n")
    after = await workspace.apply_edit(Edit("src/a.py", text, (), "z\r\n"))
    assert after.version != text.version
    assert await workspace.files() == ["b.py", "src/a.py"]
    assert await workspace.files("src") == ["src/a.py"]
    assert await workspace.search(SearchQuery("[yz]", regex=True)) == [
        SearchMatch("b.py", 1, "y"),
        SearchMatch("src/a.py", 1, "z"),
    ]
    assert await workspace.search(SearchQuery("z", under="./src/", glob="*.js")) == []
    await workspace.remove(after)
    assert memory.texts == {"b.py": "y\n"}


async def test_it_refuses_like_the_disk() -> None:
    memory = MemoryWorkspace({"src/a.py": "x\n"})
    text = await memory.read(f"{memory.root}/src/a.py")
    with pytest.raises(NoSuchFile, match=r"src/a\.py\?"):
        await memory.read("a.py")
    for path in ("src", ".", ""):
        with pytest.raises(NotAFile):
            await memory.read(path)
    for path in ("..", "/etc/passwd", "../memory2/x"):
        with pytest.raises(OutsideWorkspace):
            await memory.read(path)
    with pytest.raises(Protected):
        await memory.apply_edit(Edit(".git/config", None, (), "x"))
    with pytest.raises(StaleEdit, match="exists"):
        await memory.apply_edit(Edit("src/a.py", None, (), "x"))
    memory.texts["src/a.py"] = "other"
    with pytest.raises(StaleEdit, match="changed"):
        await memory.apply_edit(Edit("src/a.py", text, (), "y"))
    del memory.texts["src/a.py"]
    with pytest.raises(StaleEdit, match="deleted"):
        await memory.remove(text)
