"""SmallCode's own vocabulary: counts the tokens of a text offline.

It is no model's vocabulary, and is never passed off as one: a prior, learned by ``bench/vocabulary/train.py``
and shipped with the package, so that nothing is fetched. What a server counts corrects it.
"""

from __future__ import annotations

import base64
import gzip
from functools import cache
from importlib import resources

import tiktoken

NAME = "smallcode-32k"
FILE = "smallcode-32k.gz"

# Where text is split before merging: contractions, words with the blank before them, up to three digits, runs
# of punctuation, line ends, blanks. The division is that of the vocabularies with 100,000 entries and more,
# which today's models have (tiktoken's cl100k_base, Qwen's tokenizer).
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
    r"|\s+(?!\S)|\s+"
)


@cache
def encoding() -> tiktoken.Encoding:
    """Loaded once; a tenth of a second."""
    packed = resources.files("smallcode").joinpath("data", FILE).read_bytes()
    tokens = gzip.decompress(packed).split(b"\n")
    ranks = {base64.b64decode(token): rank for rank, token in enumerate(tokens)}
    return tiktoken.Encoding(NAME, pat_str=SPLIT, mergeable_ranks=ranks, special_tokens={})
