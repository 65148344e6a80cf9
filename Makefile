# lab: JupyterLab on the lessons. test: everything that is checked. lessons: rebuild the notebooks
# from their text. run: execute every lesson into build/. oldest: the unit tests on the oldest
# versions that pyproject.toml allows.

PYTHON ?= python3
BIN = .venv/bin

# JupyterLab asks nothing of the network: no news, no update check, no list of extensions.
OFFLINE = --LabApp.news_url=None \
	--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate \
	--LabApp.extension_manager=readonly

.PHONY: lab test lessons run oldest clean

lab: .venv/lab
	$(BIN)/jupyter lab $(OFFLINE) --LabApp.default_url=/lab/tree/notebooks $(JUPYTER_ARGS)

test: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile \
		--nbval-lax --nbval-current-env tests notebooks

lessons: .venv/test
	$(BIN)/python tools/lessons.py build $(LESSON)

run: .venv/lab
	$(BIN)/python tools/lessons.py run $(LESSON)

oldest:
	$(PYTHON) -m venv build/oldest && build/oldest/bin/python -m pip install -q uv
	build/oldest/bin/uv pip install --python build/oldest/bin/python \
		--resolution lowest-direct -e '.[test]'
	OMP_NUM_THREADS=1 build/oldest/bin/python -m pytest -n 2 tests

clean:
	rm -rf .venv build

.venv/lab: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -c constraints.txt -e .
	touch $@

.venv/test: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -c constraints.txt -e '.[test]'
	touch .venv/lab $@
