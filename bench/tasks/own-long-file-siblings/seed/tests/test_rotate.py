import unittest

from cpu.machine import CPU


class RotateTest(unittest.TestCase):
    def test_ror_zeropage_takes_the_carry_in(self):
        cpu = CPU()
        cpu.pc, cpu.carry = 0x8000, True
        cpu.memory[0x10] = 0x02
        self.assertEqual(cpu.execute("ror zeropage", 0x10), 4)
        self.assertEqual((cpu.memory[0x10], cpu.carry, cpu.negative), (0x81, False, True))

    def test_inc_wraps(self):
        cpu = CPU()
        cpu.pc = 0x8000
        cpu.memory[0x2345] = 0xFF
        cpu.execute("inc absolute", 0x45, 0x23)
        self.assertEqual((cpu.memory[0x2345], cpu.zero), (0, True))


if __name__ == "__main__":
    unittest.main()
