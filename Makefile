# Two commands are all a newcomer needs: make run, make test.
# make sure runs the gates that need no server; make lock writes the pins anew.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Wheels only; Flask-Principal, which has none, is built by the pinned setuptools.
INSTALL := $(BIN)/pip install -qq --disable-pip-version-check --require-hashes --no-build-isolation --use-pep517 \
  --only-binary :all: --no-binary flask-principal
CATALOGS := $(wildcard translations/*/LC_MESSAGES/*.po) $(wildcard translations/*.pot)

.PHONY: run test sure lock catalogs clean

run: $(VENV)/run.done translations/offered.json
	@$(BIN)/consult demo
	@exec $(BIN)/consult serve

test: $(VENV)/test.done translations/offered.json
	@sh tests/prepare.sh
	$(BIN)/pytest -n 2 --dist loadfile tests
	$(BIN)/pytest -n 2 --dist loadfile --database postgres tests/unit tests/functional tests/faults tests/migrations

sure: $(VENV)/test.done translations/offered.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy consult
	$(BIN)/lint-imports

catalogs: $(VENV)/run.done
	$(BIN)/consult translations extract
	$(BIN)/consult translations compile

$(VENV)/bin/pip:
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || sh tests/prepare.sh venv
	@test -x $@ || { rm -rf $(VENV); $(PYTHON) -m venv $(VENV); }

$(VENV)/run.done: $(VENV)/bin/pip requirements/run.txt pyproject.toml
	@echo "Installing what Consult needs (about a minute the first time) ..."
	@$(INSTALL) -r requirements/build.txt
	@$(INSTALL) -r requirements/run.txt
	@$(BIN)/pip install -q --no-deps --no-build-isolation --disable-pip-version-check -e .
	@touch $@

$(VENV)/test.done: $(VENV)/run.done requirements/test.txt
	@echo "Installing what the tests need ..."
	@$(INSTALL) -r requirements/test.txt
	@touch $@

translations/offered.json: $(VENV)/run.done $(CATALOGS)
	@$(BIN)/consult translations compile

# uv writes the pins; it is needed here only: pip install uv
PIN := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
  --no-annotate --no-emit-index-url --only-binary :all: --no-binary flask-principal --upgrade
lock:
	$(PIN) requirements/build.in -o requirements/build.txt
	$(PIN) -c requirements/build.txt requirements/run.in -o requirements/run.txt
	$(PIN) -c requirements/run.txt requirements/test.in -o requirements/test.txt

clean:
	rm -rf $(VENV) instance translations/offered.json translations/*/LC_MESSAGES/*.mo
