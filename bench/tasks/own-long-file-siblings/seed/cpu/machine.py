"""The registers and memory of the CPU, and running one instruction."""

from cpu.instructions import INSTRUCTIONS


class CPU:
    def __init__(self):
        self.a = self.x = self.y = 0
        self.carry = self.zero = self.negative = False
        self.pc = 0
        self.memory = bytearray(65536)

    def execute(self, instruction, *operand):
        """Put the operand's bytes at pc and run one instruction such as "ror zeropage"; returns its cycles."""
        for index, byte in enumerate(operand):
            self.memory[self.pc + index] = byte
        return INSTRUCTIONS[instruction](self)
