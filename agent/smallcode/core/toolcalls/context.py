"""What reading a call takes besides the text: the tools, and a bound on the work."""

from __future__ import annotations

from dataclasses import dataclass

from .offered import Offered

# Characters that may be looked at in vain, for each character of the reply. Whole calls cost one look each;
# only openers that lead nowhere use this up.
LOOKS = 4
LEAST_LOOKS = 20_000
PRICE_OF_A_LOOK = 60
COST_OF_LOOKING = 4


@dataclass(slots=True)
class Budget:
    """How many more characters may be read without a result, so that a text made of nothing but openers
    takes no longer than its length allows."""

    left: int

    def spend(self, characters: int) -> None:
        """Charge a look in vain over so many characters. Looking closely costs some times as much as
        walking past, and each look has a price of its own."""
        self.left -= PRICE_OF_A_LOOK + COST_OF_LOOKING * characters

    @property
    def spent(self) -> bool:
        return self.left <= 0


@dataclass(frozen=True, slots=True)
class Context:
    """``offered`` are the tools of the request; ``plain`` is set where a call has no markup of its own, so
    that it must name a tool exactly and satisfy its schema."""

    offered: Offered
    budget: Budget
    plain: bool = False


def context_for(text: str, offered: Offered) -> Context:
    budget = Budget(LOOKS * len(text) + LEAST_LOOKS)
    return Context(offered, budget)


def plainly(context: Context) -> Context:
    """The same context for a call without markup."""
    return Context(context.offered, context.budget, plain=True)
