"""What is to be run: every task under every fault, rate and seed with every harness and its settings."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.simmodel.rates import RECOVERY

NO_FAULT = "none"
ALL_FAULTS = "all"

# Servers that misbehave, as the simulated model is told to; these arms draw no fault of a model.
SERVERS: Mapping[str, Mapping[str, object]] = {"cut_prompts": {"overflow": "truncate", "tells_window": False}}

# Left behind by interpreters, and no part of a task.
_CACHES = {"__pycache__", ".pytest_cache"}

Settings = tuple[tuple[str, str], ...]


class BadPlan(ValueError):
    """The command line asks for something that cannot be run; the text says what and what there is."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run. ``fault`` is "all" (the whole catalogue at ``rate`` times its base rates), "none" (then
    ``rate`` is 0), a server of SERVERS, or the one kind that occurs. ``settings`` are the harness's, sorted
    by name. ``recovery`` is how often, from 0 to 1, the model takes the hint of an error that tells the
    cure."""

    task: str
    fault: str
    rate: float
    seed: int
    harness: str
    settings: Settings = ()
    window: int = 16384
    recovery: float = RECOVERY

    def key(self, task_hash: str) -> str:
        """Equal for two runs that would do the same, so that one that is finished is not run again."""
        return json.dumps({**asdict(self), "task_hash": task_hash}, sort_keys=True)

    @property
    def arm(self) -> str:
        """The conditions, for people: "×0", "×1", "only stale_old_str ×1"."""
        return arm_name(self.fault, self.rate, self.recovery)

    def repeat(self) -> str:
        """The command line that runs this alone."""
        words = ["smallcode bench run", f"--tasks {self.task}", f"--faults {self.fault}"]
        if self.fault != NO_FAULT:
            words.append(f"--rates {self.rate:g}")
        words += [f"--seeds {self.seed}-{self.seed}", f"--harness {self.harness}"]
        words += [f"--window {self.window}", f"--recovery {self.recovery:g}"]
        words += [f"--set '{name}={value}'" for name, value in self.settings]
        return " ".join(words)


def arm_name(fault: str, rate: float, recovery: float = RECOVERY) -> str:
    """A recovery other than the usual one is named: runs of a sweep are not one arm."""
    if fault == NO_FAULT:
        return "×0"
    name = f"×{rate:g}" if fault == ALL_FAULTS else f"only {fault} ×{rate:g}"
    return name if recovery == RECOVERY else f"{name} recovery {recovery:g}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the command line asks for. ``settings`` go to the harnesses named in ``configurable`` alone."""

    tasks: Sequence[str]
    faults: Sequence[str]
    rates: Sequence[float]
    seeds: Sequence[int]
    harnesses: Sequence[str]
    variants: Sequence[Settings] = ((),)
    configurable: frozenset[str] = frozenset()
    window: int = 16384
    recovery: float = RECOVERY

    def jobs(self) -> list[Job]:
        """Each once. A rate of 0 is the same whatever the fault; a harness without settings has one variant.

        Seeds come last but for harnesses, so that a run that is broken off has seen every task.
        """
        found = itertools.product(self._conditions(), self.seeds, self.tasks, self.harnesses, self.variants)
        jobs = (
            Job(
                task,
                fault,
                rate,
                seed,
                harness,
                settings if harness in self.configurable else (),
                self.window,
                self.recovery,
            )
            for (fault, rate), seed, task, harness, settings in found
        )
        return list(dict.fromkeys(jobs))

    def _conditions(self) -> Iterator[tuple[str, float]]:
        for fault in self.faults:
            for rate in (0.0,) if fault == NO_FAULT else self.rates:
                yield (NO_FAULT, 0.0) if rate == 0 else (fault, rate)


def task_hash(folder: Path) -> str:
    """A hash of all that makes a task: names and bytes of its files."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not _CACHES & set(relative.parts):
            data = path.read_bytes()
            digest.update(f"{relative.as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def parse_settings(given: Iterable[str]) -> Settings:
    """``KEY=VALUE`` texts as settings, sorted by name. Raises BadPlan."""
    settings: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadPlan(f"--set {text!r} is not KEY=VALUE.")
        settings[name.strip()] = value.strip()
    return tuple(sorted(settings.items()))


def parse_seeds(text: str) -> range:
    """``N`` is the first N seeds, ``A-B`` those from A to B. Raises BadPlan."""
    found = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    if not found:
        raise BadPlan(f"--seeds {text!r} is neither a number nor a range such as 3-7.")
    seeds = range(int(found[1]), int(found[2]) + 1) if found[2] else range(int(found[1]))
    if not seeds:
        raise BadPlan(f"--seeds {text!r} holds no seed.")
    return seeds


def parse_rates(text: str) -> list[float]:
    """Multipliers of the base rates, apart by commas. Raises BadPlan."""
    try:
        rates = [float(part.strip().removeprefix("×")) for part in text.split(",")]
    except ValueError as error:
        raise BadPlan(f"--rates {text!r}: {error}.") from error
    if not all(0 <= rate <= 100 for rate in rates):
        raise BadPlan(f"--rates {text!r}: a rate is a multiplier from 0 to 100.")
    return rates


def choose(text: str, known: Mapping[str, object] | Sequence[str], what: str) -> list[str]:
    """The names of a list that is apart by commas. Raises BadPlan for one that is not known."""
    names = [part.strip() for part in text.split(",") if part.strip()]
    for name in names:
        if name not in known:
            raise BadPlan(f"There is no {what} {name!r}. There are: {', '.join(known)}.")
    if not names:
        raise BadPlan(f"No {what} is named. There are: {', '.join(known)}.")
    return names
