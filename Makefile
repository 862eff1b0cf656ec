# `make docs` builds and checks the site, `make test` runs every test; `make help` names the rest.
# Each does all of its own set-up: a private .venv with tox, which makes the environments of tox.ini.
# Needed: Python 3.11 or newer with venv, and a package index that pip can reach.

PYTHONS ?= python3.13 python3.12 python3.11 python3
TOX = .venv/bin/tox

.PHONY: help docs test deployment proof quick lint clean

help:
	@echo 'make docs        build the site and check its configuration'
	@echo 'make test        lint, and run the tests with every supported Sphinx that a Python is here for'
	@echo 'make deployment  start what the site publishes with a real Glance, and use it'
	@echo 'make proof       the same, and write source/glance/deployment.json: what the site says was proved'
	@echo 'make quick       run the tests once, with the newest Sphinx'
	@echo 'make lint        ruff and mypy'
	@echo 'make clean       remove what these commands made'

docs: $(TOX)
	@$(TOX) run -e docs
	@echo
	@echo 'The site:  $(CURDIR)/build/html/index.html'
	@echo 'The check, all of it in build/configcheck/output.txt:'
	@tail -n 2 build/configcheck/output.txt

test: $(TOX)
	@$(TOX) run

deployment: $(TOX)
	@$(TOX) run -e deployment

proof: $(TOX)
	@$(TOX) run -e deployment -- --deployment-report source/glance/deployment.json tests/deployment

quick: $(TOX)
	@$(TOX) run -e py

lint: $(TOX)
	@$(TOX) run -e lint

clean:
	rm -rf .venv .tox build dist .mypy_cache .ruff_cache .pytest_cache

# A Python that is too old or has no ensurepip (Debian packs it apart) is passed over.
$(TOX):
	@for python in $(PYTHONS); do \
	    if "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo 'No Python 3.11 or newer with venv among: $(PYTHONS)' >&2; \
	    echo 'Debian, Ubuntu: apt-get install python3-venv. Elsewhere: make PYTHONS=/path/to/python3 …' >&2; \
	    exit 1; \
	fi; \
	echo "Setting up .venv with $$("$$found" --version)"; \
	"$$found" -m venv .venv && \
	.venv/bin/python -m pip install --quiet --disable-pip-version-check 'tox>=4.25,<5'
