"""The plan of a task of several steps: where it comes from, how it goes forward, how it is shown.

``steps`` reads what a step's words tell, ``lists`` finds lists in a text, ``detect`` decides whether a
request needs a plan, ``evidence`` moves it forward, ``batches`` says what waits for what, ``anchor`` is what
the prompt shows, ``todo`` a file of open tasks.
"""

from .anchor import MOST_TOKENS, WANTED, anchor, marks
from .batches import batches
from .detect import Drawn, begun, draw_up, plan_of_lines, plan_of_text
from .evidence import Evidence, advance, missing, said
from .steps import FEATURE, MOST_STEPS, Plan, Source, Step, names_of_step, read_step, same_file
from .todo import may_be_ticked, named_todo, plan_of_todo, ticked

__all__ = [
    "FEATURE",
    "MOST_STEPS",
    "MOST_TOKENS",
    "WANTED",
    "Drawn",
    "Evidence",
    "Plan",
    "Source",
    "Step",
    "advance",
    "anchor",
    "batches",
    "begun",
    "draw_up",
    "marks",
    "may_be_ticked",
    "missing",
    "named_todo",
    "names_of_step",
    "plan_of_lines",
    "plan_of_text",
    "plan_of_todo",
    "read_step",
    "said",
    "same_file",
    "ticked",
]
