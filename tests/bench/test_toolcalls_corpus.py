"""The corpus of tool calls checks itself: what it expects really stands in what it prints."""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from bench.toolcalls import encoders, mutators
from bench.toolcalls.corpus import cases
from bench.toolcalls.encoders import FAMILIES
from bench.toolcalls.json_text import JsonForm, json_text
from bench.toolcalls.mutators import MUTATORS
from bench.toolcalls.mutators.base import strings, write
from bench.toolcalls.negatives import negatives
from bench.toolcalls.samples import every_call
from bench.toolcalls.tools import ALIASES, PARAMETER_ALIASES, TOOLS
from bench.toolcalls.values import Call, Family

PER_FAMILY = 40
CORPUS = cases(5, PER_FAMILY)
NEGATIVES = negatives(5)


def names(items: Sequence[Family]) -> list[str]:
    return [family.name for family in items]


def test_every_family_has_its_cases_and_every_damage_comes() -> None:
    assert Counter(case.family for case in CORPUS) == dict.fromkeys(names(FAMILIES), PER_FAMILY)
    assert len(set(names(FAMILIES))) == len(FAMILIES) >= 48
    assert {one.name for one in MUTATORS} <= {case.corruption for case in CORPUS}
    assert len({case.id for case in CORPUS}) == len(CORPUS)


def test_the_seed_decides() -> None:
    assert cases(5, 6) == cases(5, 6)
    assert cases(5, 6) != cases(6, 6)
    assert negatives(5) == NEGATIVES


def test_damage_changes_the_text_and_the_rest_stays_whole() -> None:
    for case in CORPUS:
        if case.corruption.startswith("none"):
            assert case.text.endswith(case.original), case.id
        else:
            assert case.text != case.original, case.id


def test_what_is_expected_is_never_lost() -> None:
    """Every word of every argument stands in the damaged text, however it is escaped there."""
    for case in CORPUS:
        for call in case.expected:
            for string in strings(call.arguments):
                for word in re.findall(r"[A-Za-z]{2,}", string):
                    assert word in case.text, (case.id, word)


def test_expected_calls_satisfy_the_schemas_they_are_offered_with() -> None:
    for case in CORPUS:
        offered = {tool["function"]["name"]: tool["function"]["parameters"] for tool in case.tools}
        for call in case.expected:
            assert (
                set(offered[call.name]["required"])
                <= set(call.arguments)
                <= set(offered[call.name]["properties"])
            ), case.id


def values_in(text: str) -> Iterator[Any]:
    """All JSON values that begin anywhere in the text, and the values within them."""
    decoder = json.JSONDecoder()
    for match in re.finditer(r"[{\[]", text):
        try:
            value, _ = decoder.raw_decode(text, match.start())
        except ValueError:
            continue
        yield value


@pytest.mark.parametrize(
    "family", [one for one in FAMILIES if one.syntax == "json"], ids=lambda one: one.name
)
def test_undamaged_json_is_json(family: Family) -> None:
    for number, call in enumerate(every_call()):
        text = write(family, (call,), number)
        found = [json_text(value, JsonForm()) for value in values_in(text)]
        assert any(json_text(call.arguments, JsonForm()) in value for value in found), text


@pytest.mark.parametrize(
    "family", [one for one in FAMILIES if one.syntax in ("tags", "custom")], ids=lambda one: one.name
)
def test_values_between_tags_are_verbatim(family: Family) -> None:
    for number, call in enumerate(filter(family.accepts, every_call())):
        text = write(family, (call,), number)
        assert call.name in text
        for value in call.arguments.values():
            assert not isinstance(value, str) or value in text


@pytest.mark.parametrize("name", ["llama4", "olmo3"])
def test_python_calls_are_python(name: str) -> None:
    family = next(one for one in FAMILIES if one.name == name)
    for number, call in enumerate(every_call()):
        text = re.sub(r"^<function_calls>|</function_calls>$", "", write(family, (call,), number)).strip("[]")
        parsed = ast.parse(text.strip(), mode="eval").body
        assert isinstance(parsed, ast.Call)
        assert {one.arg: ast.literal_eval(one.value) for one in parsed.keywords} == call.arguments


VALUE = "make alpha/beta/gamma.txt"


def cut(name: str, call: Call) -> Iterator[tuple[Family, str, str, tuple[Call, ...], bool]]:
    mutator = next(one for one in MUTATORS if one.name == name)
    for family in FAMILIES:
        for seed in range(8):
            found = mutator.apply(family, (call,), Random(seed)) if mutator.applies(family) else None
            if found is not None:
                yield family, found.text, found.original, found.expected, found.must_not


def test_a_cut_in_a_string_leaves_a_piece_of_it() -> None:
    reached = set()
    for family, text, original, expected, must_not in cut(
        "cut in a string", Call("bash", {"command": VALUE})
    ):
        assert original.startswith(text) and VALUE in original and VALUE not in text
        assert VALUE.startswith(text[text.rindex("ma") :]) or text.endswith("m"), (family.name, text)
        assert not expected and must_not
        reached.add(family.name)
    assert reached == set(names(FAMILIES))


def test_a_cut_in_a_number_leaves_fewer_digits() -> None:
    call = Call("bash", {"command": "ls", "timeout": 10})
    for _family, text, original, expected, must_not in cut("cut in a number", call):
        left, whole = re.search(r"\d+$", text), re.search(r"\d{5}", original)
        assert left and whole and whole[0].startswith(left[0]) and len(left[0]) < 5
        assert original.startswith(text) and not expected and must_not


def test_a_cut_before_the_values_leaves_none() -> None:
    for _family, text, original, expected, must_not in cut(
        "cut before the values", Call("bash", {"command": VALUE})
    ):
        assert original.startswith(text) and "make" not in text and not expected and must_not


def test_a_cut_behind_the_arguments_leaves_them_whole() -> None:
    call = Call("bash", {"command": VALUE})
    reached = set()
    for family, text, original, expected, must_not in cut("cut behind the arguments", call):
        assert original.startswith(text) and len(text) < len(original.rstrip())
        # Something behind the value tells that it is whole.
        assert VALUE in text and not text.rstrip().endswith("gamma.txt"), (family.name, text)
        assert expected == (call,) and not must_not
        reached.add(family.name)
    assert len(reached) > 60


def test_only_cut_replies_must_not_run() -> None:
    assert all(case.must_not == case.corruption.startswith("cut ") for case in CORPUS if not case.expected)
    assert not any(case.must_not for case in CORPUS if case.expected)
    assert sum(case.must_not for case in CORPUS) > 200


def test_negatives_are_many_and_no_positive_is_among_them() -> None:
    assert len(NEGATIVES) >= 300
    assert not {case.text for case in NEGATIVES} & {case.text for case in CORPUS if case.expected}
    assert not any(case.expected for case in NEGATIVES)


def test_names_that_stand_for_others_lead_to_tools() -> None:
    assert set(ALIASES.values()) <= set(TOOLS)
    assert not set(ALIASES) & set(TOOLS)
    for (tool, parameter), others in PARAMETER_ALIASES.items():
        known = TOOLS[tool]["function"]["parameters"]["properties"]
        assert parameter in known and not set(others) & set(known)


def test_every_encoder_names_its_source() -> None:
    assert all(family.source for family in FAMILIES)
    for family in FAMILIES:
        if "<locals>" not in family.encode.__qualname__:
            assert family.encode.__doc__, family.name


def test_encoders_and_mutators_know_nothing_of_the_parser() -> None:
    package = Path(encoders.__file__).parent.parent
    files = [path for path in package.rglob("*.py") if path.name != "__main__.py"]
    assert Path(mutators.__file__) in files
    for path in files:
        assert "smallcode" not in re.findall(r"^\s*(?:from|import) ([\w.]+)", path.read_text("utf-8"), re.M)
        assert "smallcode.core" not in path.read_text("utf-8"), path


JSON_FAULTS = [
    (JsonForm(trailing_comma=True), '{"a": [1,], "b": "x\\n\\"y\\"",}'),
    (JsonForm(quotes=("'", "'")), "{'a': [1], 'b': 'x\\n\"y\"'}"),
    (JsonForm(bare_keys=True), '{a: [1], b: "x\\n\\"y\\""}'),
    (JsonForm(raw_newlines=True), '{"a": [1], "b": "x\n\\"y\\""}'),
    (JsonForm(inner_quotes=True), '{"a": [1], "b": "x\\n"y""}'),
    (JsonForm(tight=True), '{"a":[1],"b":"x\\n\\"y\\""}'),
    (JsonForm(comment="// c"), '{\n  "a": [1], // c\n  "b": "x\\n\\"y\\"" // c\n}'),
]


@pytest.mark.parametrize(("form", "expected"), JSON_FAULTS)
def test_json_in_its_forms(form: JsonForm, expected: str) -> None:
    assert json_text({"a": [1], "b": 'x\n"y"'}, form) == expected
