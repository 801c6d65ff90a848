"""Keys that tell whether a row was imported before. They hold hashes: an id may be a name."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

PARTS = 40  # hexadecimal digits, 160 bits


class Keys:
    """Makes the import keys of one file for one consultation."""

    def __init__(self, consultation: str, source: str = "") -> None:
        self._space = f"{consultation}\0{source}"
        self._seen: Counter[str] = Counter()

    def of_id(self, identity: str, answers: Mapping[str, Any]) -> str:
        """A key of an id, with what was answered behind it, to notice changed content."""
        content = json.dumps(answers, sort_keys=True)
        return f"id:{self._hash(identity)}:{self._hash(content)}"

    def of_row(self, values: Mapping[str, str]) -> str:
        """A key of a row without an id: its content, and the how-manieth of its like it is."""
        filled = {name: value for name, value in values.items() if value.strip()}
        content = self._hash(json.dumps(filled, sort_keys=True))
        self._seen[content] += 1
        return f"row:{content}:{self._seen[content]}"

    def _hash(self, text: str) -> str:
        data = f"{self._space}\0{text}".encode(errors="replace")
        return hashlib.sha256(data).hexdigest()[:PARTS]


class KnownKeys:
    """The keys of answers a consultation already has."""

    def __init__(self, keys: Collection[str]) -> None:
        self._keys = set(keys)
        self._ids = {key.rpartition(":")[0] for key in keys if key.startswith("id:")}

    def has(self, key: str) -> bool:
        """Whether this very row is there already."""
        return key in self._keys

    def has_other(self, key: str) -> bool:
        """Whether this id is there already, with other answers."""
        return key.startswith("id:") and not self.has(key) and key.rpartition(":")[0] in self._ids
