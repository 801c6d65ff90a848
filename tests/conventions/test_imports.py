"""The import contracts hold, in a process of their own where what is loaded matters."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def loaded_by(code: str) -> set[str]:
    """The top-level modules a fresh process has loaded after `code`."""
    script = f"{code}\nimport sys\nprint(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split("\n")[-2].split())


def test_import_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(linter)], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_analysis_loads_neither_flask_nor_sqlalchemy() -> None:
    loaded = loaded_by("import consult.analysis")
    assert not loaded & {"flask", "sqlalchemy", "werkzeug"}


def test_a_web_process_never_loads_scikit_learn(tmp_path: Path) -> None:
    loaded = loaded_by(
        f"import os; os.environ['CONSULT_INSTANCE'] = {str(tmp_path)!r}\n"
        "from consult.app import create_app; create_app()"
    )
    assert "flask" in loaded
    assert not loaded & {"sklearn", "scipy", "textblob", "nltk"}


def test_an_encoder_of_ones_own_is_loaded_only_when_it_is_used() -> None:
    loaded = loaded_by("import consult.analysis.pipeline, consult.analysis.own.blend")
    assert not loaded & {"onnxruntime", "tokenizers", "sentence_transformers", "torch"}
