"""Sample sites of our own writing: content farms with invented lenders, served on loopback, truth known.

SYNTHETIC 合成样本: no lender, person or event in them exists.

`Farm(seed, pages)` defines the sites, `serve(farm)` serves them, `truth(farm)` says what is true of each
page, `write_definitions(farm, folder, bases)` writes what a workspace needs to crawl them.
"""

from yuqi.samples.definitions import write_definitions
from yuqi.samples.farm import Farm
from yuqi.samples.pages import Response, Served, respond
from yuqi.samples.server import Hit, Sites, serve
from yuqi.samples.truth import TrueEdit, TrueLaw, TrueMention, TruePage, TruePractice, TrueTip
from yuqi.samples.truths import kind_of, true_page, truth

__all__ = [
    "Farm",
    "Hit",
    "Response",
    "Served",
    "Sites",
    "TrueEdit",
    "TrueLaw",
    "TrueMention",
    "TruePage",
    "TruePractice",
    "TrueTip",
    "kind_of",
    "respond",
    "serve",
    "true_page",
    "truth",
    "write_definitions",
]
