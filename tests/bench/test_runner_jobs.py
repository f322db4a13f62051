from pathlib import Path

import pytest
from bench.runner.jobs import BadPlan, Job, Plan, parse_rates, parse_seeds, parse_settings, task_hash


def plan(**fields: object) -> Plan:
    given = {"tasks": ["a"], "faults": ["all"], "rates": [1.0], "seeds": range(1), "harnesses": ["ours"]}
    return Plan(**{**given, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [("a", "all", 1.0, 0, "ours")]),
        ({"rates": [0.0]}, [("a", "none", 0.0, 0, "ours")]),
        ({"faults": ["none"], "rates": [0.5, 1.0]}, [("a", "none", 0.0, 0, "ours")]),
        (
            {"faults": ["noop", "all"], "rates": [0.0, 2.0]},
            [("a", "none", 0.0, 0, "ours"), ("a", "noop", 2.0, 0, "ours"), ("a", "all", 2.0, 0, "ours")],
        ),
        (
            {"seeds": range(2), "tasks": ["a", "b"]},
            [(task, "all", 1.0, seed, "ours") for seed in range(2) for task in "ab"],
        ),
    ],
)
def test_every_combination_once(fields: dict[str, object], expected: list[tuple[object, ...]]) -> None:
    jobs = plan(**fields).jobs()
    assert [(job.task, job.fault, job.rate, job.seed, job.harness) for job in jobs] == expected


def test_settings_go_to_harnesses_that_take_them() -> None:
    variants = [(), (("disable", "x"),)]
    jobs = plan(harnesses=["ours", "pi"], variants=variants, configurable=frozenset({"ours"})).jobs()
    assert [(job.harness, job.settings) for job in jobs] == [
        ("ours", ()),
        ("ours", (("disable", "x"),)),
        ("pi", ()),
    ]


def test_a_key_tells_runs_apart() -> None:
    job = Job("a", "all", 1.0, 0, "ours")
    others = [
        Job("b", "all", 1.0, 0, "ours"),
        Job("a", "noop", 1.0, 0, "ours"),
        Job("a", "all", 2.0, 0, "ours"),
        Job("a", "all", 1.0, 1, "ours"),
        Job("a", "all", 1.0, 0, "pi"),
        Job("a", "all", 1.0, 0, "ours", (("disable", "x"),)),
        Job("a", "all", 1.0, 0, "ours", window=8192),
        Job("a", "all", 1.0, 0, "ours", recovery=0.4),
    ]
    keys = {one.key("hash") for one in others} | {job.key("other hash")}
    assert len(keys) == len(others) + 1
    assert job.key("hash") not in keys
    assert job.key("hash") == Job("a", "all", 1.0, 0, "ours").key("hash")


def test_a_task_hash_follows_names_and_bytes(tmp_path: Path) -> None:
    def make(name: str, files: dict[str, bytes]) -> str:
        for path, content in files.items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_bytes(content)
        return task_hash(tmp_path / name)

    first = make("1", {"seed/a.py": b"x\n", "check.py": b"y"})
    assert first == make("2", {"seed/a.py": b"x\n", "check.py": b"y", "__pycache__/c.pyc": b"z"})
    assert first != make("3", {"seed/a.py": b"x\r\n", "check.py": b"y"})
    assert first != make("4", {"seed/b.py": b"x\n", "check.py": b"y"})


@pytest.mark.parametrize(
    ("text", "expected"), [("3", range(3)), ("1", range(1)), ("4-6", range(4, 7)), ("5-5", range(5, 6))]
)
def test_seeds(text: str, expected: range) -> None:
    assert parse_seeds(text) == expected


@pytest.mark.parametrize("text", ["", "0", "x", "3-1", "-1", "1,2"])
def test_seeds_that_are_none(text: str) -> None:
    with pytest.raises(BadPlan, match="--seeds"):
        parse_seeds(text)


def test_rates_and_settings() -> None:
    assert parse_rates("0,0.5, ×2") == [0, 0.5, 2]
    assert parse_settings(["b = 2", "a=x=y"]) == (("a", "x=y"), ("b", "2"))
    for bad in ("x", "-1", "", "1e9"):
        with pytest.raises(BadPlan):
            parse_rates(bad)
    with pytest.raises(BadPlan, match="KEY=VALUE"):
        parse_settings(["a"])


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (
            Job("a", "none", 0.0, 3, "pi"),
            "smallcode bench run --tasks a --faults none --seeds 3-3 --harness pi --window 16384 "
            "--recovery 0.8",
        ),
        (
            Job("a", "noop", 1.0, 0, "ours", (("disable", "line endings"),), 8192, 0.4),
            "smallcode bench run --tasks a --faults noop --rates 1 --seeds 0-0 --harness ours --window 8192 "
            "--recovery 0.4 --set 'disable=line endings'",
        ),
    ],
)
def test_the_command_that_repeats_a_run(job: Job, expected: str) -> None:
    assert job.repeat() == expected


def test_the_runs_of_a_sweep_of_recovery_are_arms_of_their_own() -> None:
    arms = [Job("t", "all", 1.0, 0, "ours", recovery=recovery).arm for recovery in (0.4, 0.8)]
    assert arms == ["×1 recovery 0.4", "×1"]
