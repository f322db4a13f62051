import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, fail, main

SEED = Path(__file__).resolve().parent / "make_seed.py"
# Every instruction from forty states: the registers, flags and cycles it ends with, and what it wrote.
ALL = """
import random
from types import SimpleNamespace
from cpu.instructions import INSTRUCTIONS

class Memory(bytearray):
    def __setitem__(self, address, byte):
        self.written = [*getattr(self, "written", []), [address, byte]]
        super().__setitem__(address, byte)

start = random.Random(65).randbytes(65536)
result = {}
for name, handler in sorted(INSTRUCTIONS.items()):
    dice = random.Random(name)
    result[name] = found = []
    for _ in range(40):
        cpu = SimpleNamespace(pc=dice.randrange(0x8000, 0xF000), memory=Memory(start))
        cpu.a, cpu.x, cpu.y = dice.randrange(256), dice.randrange(256), dice.randrange(256)
        cpu.carry, cpu.zero, cpu.negative = (dice.random() < 0.5 for _ in range(3))
        cycles = handler(cpu)
        flags = [bool(cpu.carry), bool(cpu.zero), bool(cpu.negative)]
        found.append([cpu.a, cpu.x, cpu.y, cpu.pc, cycles, flags, getattr(cpu.memory, "written", [])])
"""
ROTATED = """
from cpu.machine import CPU
result = []
for value in (0x00, 0x01, 0x02, 0x03, 0x80, 0xFF):
    for carry in (False, True):
        cpu = CPU()
        cpu.pc, cpu.x, cpu.carry = 0x9000, 0x20, carry
        cpu.memory[0x1250] = value
        cycles = cpu.execute("ror absolute_x", 0x30, 0x12)
        flags = [bool(cpu.carry), bool(cpu.zero), bool(cpu.negative)]
        result.append([cpu.memory[0x1250], *flags, cpu.pc, cycles])
"""
WANTED = [
    [result, carry, result == 0, result >= 0x80, 0x9002, 6]
    for result, carry in [
        (0x00, False),
        (0x80, False),
        (0x00, True),
        (0x80, True),
        (0x01, False),
        (0x81, False),
        (0x01, True),
        (0x81, True),
        (0x40, False),
        (0xC0, False),
        (0x7F, True),
        (0xFF, True),
    ]
]


def verify(workspace: Path) -> None:
    expect("ror absolute_x of 0, 1, 2, 3, 0x80, 0xFF", evaluate_python(workspace, ROTATED), WANTED)
    found = evaluate_python(workspace, ALL)
    with tempfile.TemporaryDirectory() as temporary:
        subprocess.run([sys.executable, "-I", "-B", str(SEED), temporary], check=True, timeout=20)
        wanted = evaluate_python(Path(temporary), ALL)
    expect("the instructions", sorted(found), sorted(wanted))
    for name in wanted.keys() - {"ror absolute_x"}:
        if found[name] != wanted[name]:
            fail(f"{name} does not do what it did before")


if __name__ == "__main__":
    main(verify)
