from smallcode.core.baselines import Baselines
from smallcode.messages import Text


def text(content: str) -> Text:
    return Text("a.py", content, "")


def test_errors_stay_new_until_they_are_mended() -> None:
    baselines = Baselines()
    good, broken, still, mended = text("1"), text("2"), text("3"), text("4")
    assert baselines.before("a.py", good) == good
    baselines.leave(good, broken, errors=True)
    assert baselines.before("a.py", broken) == good
    baselines.leave(good, still, errors=True)
    assert baselines.before("a.py", still) == good
    baselines.leave(good, mended, errors=False)
    assert baselines.before("a.py", mended) == mended


def test_what_somebody_else_changed_is_no_fault_of_the_model() -> None:
    baselines = Baselines()
    baselines.leave(text("1"), text("2"), errors=True)
    assert baselines.before("a.py", text("by the user")) == text("by the user")
    assert baselines.before("b.py", None) is None


def test_a_new_file_has_no_text_before() -> None:
    baselines = Baselines()
    assert baselines.before("a.py", None) is None
    baselines.leave(None, text("1"), errors=True)
    assert baselines.before("a.py", text("1")) is None
