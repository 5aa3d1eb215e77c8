# Two commands set up everything on a machine that has Swift 6.3: make demo, make test.

PREFIX ?= /usr/local
DESTDIR ?=
OUT ?= out/kalundborg
PARK ?= data/parks/kalundborg
# LICHEN_SWIFT_FLAGS: extra flags for every build, such as --scratch-path.
SWIFT_FLAGS ?= $(LICHEN_SWIFT_FLAGS)

# What a build needs, and what the tests' independent judges need on top.
BUILD_PACKAGES = libglpk-dev libsqlite3-dev libxlsxwriter-dev libzip-dev libxml2-dev pkg-config
TEST_PACKAGES = $(BUILD_PACKAGES) glpk-utils chromium chromium-driver curl fonts-dejavu-core \
  python3-venv libreoffice-calc-nogui default-jre-headless poppler-utils graphviz \
  slurm-wlm munge
JUDGES = .venv-judges

.PHONY: demo serve build-server soak-kill soak-work soak-nation bench-serve test bench bench-full bench-reach bench-analyses bench-report bench-room gallery sanitize survey catalogue words build lint format install uninstall clean swift build-packages test-packages

demo: build
	@.build/release/lichen match $(PARK) -o $(OUT)
	@echo
	@echo "Open $(OUT)/report.html in a browser."

# The what-if room in a browser, on this machine only.
serve: build build-server
	@.build/release/lichen serve

build-server: swift build-packages
	@swift build -c release --product lichen-server $(SWIFT_FLAGS)

build: swift build-packages
	@swift build -c release --product lichen $(SWIFT_FLAGS)

test: swift test-packages $(JUDGES)/ready
	@swift build --build-tests $(SWIFT_FLAGS)
	@swift run --skip-build $(SWIFT_FLAGS) lichen bench --set short --algorithms lichen,glpk --time 5 \
	  --fresh -o out/bench-short
	@mkdir -p out && rm -f out/tests-swift-testing.xml
	@swift test --skip-build $(SWIFT_FLAGS) --xunit-output out/tests.xml \
	  || { printf '\nWhat failed:\n'; grep -a -B 1 -A 3 '<failure' out/tests-swift-testing.xml | cut -c 1-2000; exit 1; }

# Planner and GLPK on small instances of every family; wrong answers fail.
bench: build
	@.build/release/lichen bench --set short --time 5 --fresh -o out/bench-short

# Everything on everything: about half an hour, on a machine that does nothing else.
bench-full: build
	@.build/release/lichen bench --set full --time 10 -o out/bench-full --update-known \
	  --update-results Benchmarks/RESULTS.md

# The planner beside HiGHS, if LICHEN_PYTHON names an interpreter that has it; some minutes.
bench-reach: build
	@.build/release/lichen bench --set reach --algorithms lichen,highs --time 10 --threads 2 \
	  --fresh -o out/bench-reach
	@python3 Benchmarks/reach.py out/bench-reach/results.json --update Benchmarks/RESULTS.md

# Every question of a board, timed beside planning alone; half a minute or so.
bench-analyses: build
	@python3 Benchmarks/analyses.py --update Benchmarks/RESULTS.md

# A report of 200 enterprises and 1,500 exchanges: seconds and bytes.
bench-report: build
	@python3 Benchmarks/report.py

# Slider to new plan in a browser, on a release build; needs chromium-driver.
bench-room: build-server $(JUDGES)/ready
	@$(JUDGES)/bin/python Benchmarks/room.py

# Pages read by wrk over 100 connections while the server searches; a minute or two.
bench-serve: build-server
	@python3 Benchmarks/serve.py

# Kills the server two hundred times while it writes; nothing that it acknowledged may be missing.
soak-kill: build-server
	@python3 Tests/judges/serve_kill.py .build/release/lichen-server --kills 200 --seed 1

# Kills workers two hundred times; the joined plan must be that of undisturbed work.
soak-work: build
	@python3 Benchmarks/cluster/kills.py --kills 200

# A hundred thousand enterprises from an empty folder to tables, on local cores and on a disturbed Slurm; half an hour or so.
soak-nation: build
	@python3 Benchmarks/cluster/nation.py --enterprises 100000

# The pictures of docs/gallery.md; needs chromium.
gallery: build
	@python3 docs/gallery.py

# Searches on several threads under the thread sanitizer.
sanitize: swift build-packages
	@swift test --sanitize thread --scratch-path .build/sanitize $(SWIFT_FLAGS) \
	  --filter 'SearchStabilityTests|SearchStartTests|SearchLimitTests|SearchMemoryTests'

# What the engine makes of the shipped parks; the tests compare all but the seconds.
SURVEYED = data/parks data/parks/kalundborg@2000 data/parks/kalundborg@2010 data/parks/kalundborg@2018
survey: build
	@.build/release/lichen survey $(SURVEYED) --update data/parks/README.md

# The page of every material, route and figure with its source.
catalogue: build
	@.build/release/lichen catalogue page -o docs/catalogue.md

# Fits the classifier of words anew, after a change of materials, codes, synonyms or titles.
words: build
	@.build/release/lichen classify fit -o data/words/model.json
	@.build/release/lichen classify evaluate --update data/words/README.md

lint:
	@swift format lint --strict --recursive Package.swift Sources Tests

format:
	@swift format --in-place --recursive Package.swift Sources Tests

install: build build-server
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/lichen \
	  $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 .build/release/lichen .build/release/lichen-server $(DESTDIR)$(PREFIX)/bin/
	cp -R data/. $(DESTDIR)$(PREFIX)/share/lichen/
	install -d $(DESTDIR)$(PREFIX)/share/lichen/Benchmarks
	cp -R Benchmarks/sets Benchmarks/known Benchmarks/instances Benchmarks/*.md \
	  $(DESTDIR)$(PREFIX)/share/lichen/Benchmarks/
	install -m 644 docs/lichen.1 $(DESTDIR)$(PREFIX)/share/man/man1/lichen.1
	.build/release/lichen --generate-completion-script bash \
	  > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/lichen
	.build/release/lichen --generate-completion-script zsh \
	  > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_lichen
	.build/release/lichen --generate-completion-script fish \
	  > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/lichen.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/lichen $(DESTDIR)$(PREFIX)/bin/lichen-server \
	  $(DESTDIR)$(PREFIX)/share/man/man1/lichen.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/lichen \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_lichen \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/lichen.fish
	rm -rf $(DESTDIR)$(PREFIX)/share/lichen

clean:
	rm -rf .build out $(JUDGES)

swift:
	@command -v swift >/dev/null || { \
	  echo "Swift is missing. Lichen needs Swift 6.3 or later: https://www.swift.org/install" >&2; \
	  exit 1; }

# Installs the Debian packages that are not there yet; as root, or with sudo.
define install_packages
	@missing=""; for package in $(1); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q '^install ok installed$$' \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  command -v apt-get >/dev/null || { \
	    echo "These packages are missing and there is no apt-get to install them:$$missing" >&2; \
	    exit 1; }; \
	  sudo=""; [ "$$(id -u)" = 0 ] || sudo="sudo"; \
	  echo "Installing$$missing"; \
	  $$sudo apt-get update -qq || true; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	fi
endef

build-packages:
	$(call install_packages,$(BUILD_PACKAGES))

test-packages:
	$(call install_packages,$(TEST_PACKAGES))

# Independent judges in Python. Without them their tests skip and say so; in CI they must be there.
$(JUDGES)/ready: Tests/judges/requirements.txt Tests/judges/scripts.txt
	@python3 -m venv $(JUDGES) \
	  && $(JUDGES)/bin/pip install --quiet --disable-pip-version-check -r $< \
	  && $(JUDGES)/bin/pip install --quiet --disable-pip-version-check --no-deps \
	    -r Tests/judges/scripts.txt \
	  && touch $@ \
	  || { echo "The Python judges could not be installed; their tests will be skipped." >&2; \
	       [ -z "$$CI" ]; }
