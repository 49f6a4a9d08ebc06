# Everything a user or developer types. A fresh machine needs Python 3.11 or newer, pip and make.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run doctor install test lint format types samples accuracy fuzz kills bundle clean
help:            ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

run: install     ## Start the dashboard on localhost:8501
	@echo "→ http://localhost:$(PORT)"
	@OGI_LOG_LEVEL=$${OGI_LOG_LEVEL:-warning} OGI_LOG_FORMAT=$${OGI_LOG_FORMAT:-text} \
		$(BIN)/python -m uvicorn app:app --host 127.0.0.1 --port $(PORT) --log-level warning

doctor: $(VENV)/.installed     ## Check the installation: what is missing, what that costs, what to do
	@$(BIN)/python -m loaders.doctor --port $(PORT)

install: $(VENV)/.installed   ## Build the environment with pinned versions

test: $(VENV)/.installed-test ## Run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.installed-lint ## Check style and layering
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(VENV)/.installed-lint ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(VENV)/.installed-test $(VENV)/.installed-lint ## Check types
	@$(BIN)/basedpyright

samples: $(VENV)/.installed-samples ## Make the sample documents anew
	@$(BIN)/python -m sample_reports

accuracy: $(VENV)/.installed   ## Measure how exactly reports are read; SETS="NAME=FOLDER …" for your own truth files
	@$(BIN)/python -m benchmarks.accuracy --readme $(SETS)

fuzz: $(VENV)/.installed-test ## Read ten thousand damaged documents
	@$(BIN)/python -m benchmarks.fuzz

kills: $(VENV)/.installed-test ## Kill a process that writes two hundred times, and look for anything lost
	@$(BIN)/python -m benchmarks.kills

bundle: $(VENV)/.installed     ## Make one zip for machines without a network: program, packages, font, ways to start
	@$(BIN)/python -m deploy.bundle

clean:           ## Remove the environment and caches
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis build dist

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=… ")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[scan,pdf]"
	@touch $@

$(VENV)/.installed-%: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable ".[$*]"
	@touch $@
