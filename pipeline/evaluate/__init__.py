"""How good the corpus is, as figures with floors: pure scoring of what was found against what is true.

compare(found, true, kind, place)      # spans of one page: right, missing, extra
pair_tally(found_groups, true_groups)  # stories, templates, operators
edit_distance(found, gold)             # clean text
judged(figures, floors)                # one row a figure, beside its floor
"""

from pipeline.evaluate.distance import edit_distance
from pipeline.evaluate.figures import Figure
from pipeline.evaluate.floors import Floor, Judged, judged, load_floors, lowered, raised, write_floors
from pipeline.evaluate.reading import Compared, Mark, Reading, compare
from pipeline.evaluate.tally import Tally, pair_tally

__all__ = [
    "Compared",
    "Figure",
    "Floor",
    "Judged",
    "Mark",
    "Reading",
    "Tally",
    "compare",
    "edit_distance",
    "judged",
    "load_floors",
    "lowered",
    "pair_tally",
    "raised",
    "write_floors",
]
