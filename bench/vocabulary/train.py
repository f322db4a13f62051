"""Train the vocabulary of ``smallcode.adapters.vocabulary``: a byte-level BPE of 32,000 merges.

    python -m bench.vocabulary.train OUT.gz [FOLDER ...]

Learned from the texts of permissively licensed packages that a developer has anyway: Python's standard
library (PSF-2.0), the packages of the virtual environment and, with their folder named, those of the VS Code
extension (MIT, BSD, Apache-2.0), and this project. What results is a list of byte strings by rank and holds
no text of theirs. It stands for no model's own vocabulary: it is a prior, which the server's usage corrects.

The same texts give the same file, byte for byte: their order depends on their names alone, training draws
nothing, and the archive carries no time. Other versions of the packages are other texts, so the file that
ships is an input of the build and not made by it.

The file is gzip; inside one line a token, base64, in the order of the ranks.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import random
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from smallcode.adapters.vocabulary import SPLIT

ROOT = Path(__file__).resolve().parents[2]
MERGES = 32_000

# What agents read: code and the prose around it. Characters of each kind at most, so that Python does not
# drown the others.
KINDS = {
    ".py": 40_000_000,
    ".pyi": 4_000_000,
    ".js": 10_000_000,
    ".mjs": 4_000_000,
    ".ts": 12_000_000,
    ".tsx": 4_000_000,
    ".json": 3_000_000,
    ".md": 8_000_000,
    ".rst": 4_000_000,
    ".txt": 3_000_000,
    ".h": 6_000_000,
    ".c": 6_000_000,
    ".hpp": 6_000_000,
    ".rs": 4_000_000,
    ".go": 4_000_000,
    ".css": 2_000_000,
    ".html": 3_000_000,
    ".toml": 2_000_000,
    ".yml": 2_000_000,
    ".yaml": 2_000_000,
    ".sh": 2_000_000,
    ".lua": 2_000_000,
}

# Larger files are generated data, more often than not.
LARGEST_FILE = 300_000


def texts(folders: Sequence[Path]) -> Iterator[str]:
    """The texts of the folders in an order that depends on their names alone, up to each kind's share."""
    files = sorted({path for folder in folders for path in folder.rglob("*") if path.suffix in KINDS})
    random.Random(0).shuffle(files)
    left = dict(KINDS)
    for path in files:
        if left[path.suffix] <= 0 or not path.is_file() or path.stat().st_size > LARGEST_FILE:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        left[path.suffix] -= len(text)
        yield text


def byte_of() -> dict[str, int]:
    """GPT-2's characters for bytes, backwards: the spelling in which byte-level vocabularies are written."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    spare = iter(range(256, 512))
    return {chr(byte if byte in plain else next(spare)): byte for byte in range(256)}


def ranks(samples: Iterator[str]) -> list[bytes]:
    """The tokens by rank: the 256 bytes first, then a token for each merge."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=MERGES + 256,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        max_token_length=32,
        show_progress=False,
    )
    tokenizer.train_from_iterator(samples, trainer)
    learned = json.loads(tokenizer.to_str())["model"]
    spelled = byte_of()
    pairs = [tuple(pair) if isinstance(pair, list) else tuple(pair.split(" ")) for pair in learned["merges"]]
    tokens = [bytes([byte]) for byte in range(256)]
    seen = set(tokens)
    for left, right in pairs:
        token = bytes(spelled[char] for char in left + right)
        if token not in seen:
            seen.add(token)
            tokens.append(token)
    return tokens


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("folders", type=Path, nargs="*", help="further folders to learn from")
    asked = parser.parse_args()
    paths = sysconfig.get_paths()
    own = [ROOT / name for name in ("agent", "server", "editors", "docs", "tests")]
    learned = ranks(texts([Path(paths["stdlib"]), Path(paths["purelib"]), *own, *asked.folders]))
    lines = b"\n".join(base64.b64encode(token) for token in learned)
    asked.out.write_bytes(gzip.compress(lines, 9, mtime=0))
    print(f"{len(learned)} tokens, {asked.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
