"""Measures of themes and clusters against people's coding."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score

Flags = NDArray[np.bool_]
Labels = Sequence[str | None]


def flags(themes: Sequence[Sequence[str]], codes: Sequence[str]) -> Flags:
    """Rows x codes: whether a row has a code; codes not in `codes` are left out."""
    columns = {code: at for at, code in enumerate(codes)}
    found = np.zeros((len(themes), len(codes)), bool)
    for row, given in enumerate(themes):
        for code in given:
            if code in columns:
                found[row, columns[code]] = True
    return found


def micro_f1(proposed: Flags, coded: Flags) -> float:
    """F1 over all rows and codes together, 0 to 1; 1 where both are empty."""
    both, total = (proposed & coded).sum(), proposed.sum() + coded.sum()
    return float(2 * both / total) if total else 1.0


def macro_f1(proposed: Flags, coded: Flags) -> float:
    """The mean F1 of the codes that people used."""
    used = np.flatnonzero(coded.any(axis=0))
    found = [micro_f1(proposed[:, [code]], coded[:, [code]]) for code in used]
    return float(np.mean(found)) if found else 1.0


def interval(
    proposed: Flags,
    coded: Flags,
    units: Sequence[str],
    draws: int = 500,
    random_state: int = 0,
) -> tuple[float, float]:
    """The 95 % bootstrap interval of the micro F1.

    Rows of one of `units`, such as the translations of a text, are drawn as one.
    """
    random = np.random.RandomState(random_state)
    names, of = np.unique(np.asarray(units), return_inverse=True)
    sums = np.zeros((len(names), 2))
    np.add.at(sums, of, np.stack([(proposed & coded).sum(1), (proposed | coded).sum(1)], 1))
    sums[:, 1] += sums[:, 0]
    found = []
    for _ in range(draws):
        both, total = sums[random.randint(len(names), size=len(names))].sum(axis=0)
        found.append(2 * both / total if total else 1.0)
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def alone(labels: Labels) -> list[str]:
    """Labels in which each row without a cluster is a cluster of its own."""
    return [f"alone {at}" if label is None else label for at, label in enumerate(labels)]


def agreement(labels: Labels, main: Sequence[str]) -> float:
    """Adjusted mutual information of cluster and coded main theme: 1 same, about 0 chance."""
    return float(adjusted_mutual_info_score(list(main), alone(labels)))


def leakage(labels: Labels, langs: Sequence[str]) -> float:
    """Adjusted mutual information of cluster and language, clustered rows only; 0 is best."""
    kept = [at for at, label in enumerate(labels) if label is not None]
    if len({langs[at] for at in kept}) < 2:
        return 0.0
    return float(adjusted_mutual_info_score([langs[a] for a in kept], [labels[a] for a in kept]))


def bcubed(labels: Labels, coded: Flags) -> float:
    """BCubed F1 (Bagga and Baldwin, 1998); rows belong together when they share a code.

    A row without a cluster has recall 0 and no part in precision.
    """
    together, shared = _together(labels), _shared(coded)
    np.fill_diagonal(shared, True)
    clustered = np.array([label is not None for label in labels])
    right = (together & shared).sum(axis=1)
    if not clustered.any():
        return 0.0
    precision = (right / np.maximum(together.sum(axis=1), 1))[clustered].mean()
    recall = (right / shared.sum(axis=1)).mean()
    return float(2 * precision * recall / (precision + recall)) if precision + recall else 0.0


def pairs_f1(labels: Labels, coded: Flags, langs: Sequence[str]) -> float:
    """F1 of "in one cluster" for "share a code", over pairs of rows in different languages."""
    other = np.asarray(langs)[:, None] != np.asarray(langs)[None, :]
    together, shared = _together(labels) & other, _shared(coded) & other
    total = together.sum() + shared.sum()
    return float(2 * (together & shared).sum() / total) if total else 1.0


def kept_together(labels: Labels, groups: Sequence[Sequence[int]]) -> float:
    """The share of pairs within `groups` (translations of one text) that share a cluster."""
    found = [
        labels[one] is not None and labels[one] == labels[two]
        for group in groups
        for at, one in enumerate(group)
        for two in group[at + 1 :]
    ]
    return float(np.mean(found)) if found else 1.0


def _together(labels: Labels) -> Flags:
    names = {name: at for at, name in enumerate(dict.fromkeys(labels)) if name is not None}
    numbers = np.array([-1 if label is None else names[label] for label in labels], int)
    return np.asarray((numbers[:, None] == numbers[None, :]) & (numbers >= 0)[:, None])


def _shared(coded: Flags) -> Flags:
    counts = coded.astype(np.float32)
    return np.asarray(counts @ counts.T > 0)
