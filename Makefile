# Every target installs what it lacks: a fresh Debian with Rust, make and git will do.

EMBEDDED_PACKAGES := $(patsubst %,%/node_modules/.package-lock.json,crates/web crates/documents)
BROWSER_PACKAGES := tests/browser/node_modules/.package-lock.json
PYTHON_PACKAGES := target/python/installed

.PHONY: help run test check bench crash fuzz doc audit clean
.PHONY: build unit browser fmt lint tidy build-tools test-tools lint-tools

help:
	@echo "make run     build, and start with a demo organisation on http://127.0.0.1:8080"
	@echo "make test    every test, those in the browser too"
	@echo "make check   formatting, lints and the rules of the house"
	@echo "make bench   figures of speed and memory"
	@echo "make crash   a thousand violent deaths and a hundred power cuts (as root) under load"
	@echo "make fuzz    hostile bytes to everything that reads bytes from elsewhere, FUZZ_SECONDS each"
	@echo "make doc     the code's own documentation, into target/doc"
	@echo "make audit   licences and known weaknesses of what we build on (asks github.com)"
	@echo "make clean   away with everything that was built or installed here"

run: build-tools $(EMBEDDED_PACKAGES)
	cargo run --locked --release -p avvik -- serve --demo --data-dir data/demo

test: unit browser

check: fmt lint tidy

bench: build-tools $(EMBEDDED_PACKAGES)
	cargo build --locked --release -p avvik -p tests --features tests/bench
	target/release/bench

crash: build-tools $(EMBEDDED_PACKAGES)
	cargo build --locked --release -p avvik -p tests
	target/release/crash

# Each target for FUZZ_SECONDS, all at the same time. What does harm lands in target/fuzz/artifacts.
FUZZ_SECONDS := 600
FUZZ_TARGETS := stored_chunk stored_record stored_event evidence_pack backup_part restore
# Sanitizers and coverage are unstable flags, which this lets the stable compiler take.
FUZZ_HOST = $(shell rustc -vV | sed -n "s/host: //p")
CARGO_FUZZ := RUSTC_BOOTSTRAP=1 target/tools/bin/cargo-fuzz

fuzz: fuzz-build
	@$(MAKE) --no-print-directory --keep-going -j $(words $(FUZZ_TARGETS)) $(FUZZ_TARGETS:%=fuzz-%)

fuzz-build: target/tools/bin/cargo-fuzz
	cargo run --locked --manifest-path crates/journal/fuzz/Cargo.toml --target-dir target/fuzz \
	    --bin seeds target/fuzz/seeds
	$(CARGO_FUZZ) build --fuzz-dir crates/journal/fuzz --target-dir target/fuzz

# Nothing may ask for 64 MiB at once, or hold more than 1 GiB.
fuzz-%:
	@mkdir -p target/fuzz/corpus/$* target/fuzz/artifacts
	cd target/fuzz && nice -n 19 $(FUZZ_HOST)/release/$* corpus/$* seeds/$* \
	    -max_total_time=$(FUZZ_SECONDS) -timeout=20 -max_len=65536 \
	    -malloc_limit_mb=64 -rss_limit_mb=1024 -print_final_stats=1 \
	    -dict=../../crates/journal/fuzz/dictionary -artifact_prefix=artifacts/$*- \
	    2>artifacts/$*.log; code=$$?; tail -n 12 artifacts/$*.log; exit $$code

doc: build-tools $(EMBEDDED_PACKAGES)
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps

audit: target/tools/bin/cargo-deny
	target/tools/bin/cargo-deny --locked check

clean:
	rm -rf target crates/web/node_modules crates/documents/node_modules tests/browser/node_modules

# The parts of `test` and `check`.

# The binary and all tests in one go: every dependency is compiled once.
build: test-tools $(EMBEDDED_PACKAGES) $(BROWSER_PACKAGES) $(PYTHON_PACKAGES)
	cargo build --locked --workspace --all-targets

unit: build
	cargo test --locked --workspace

browser: build
	node tests/browser/run.mjs

fmt: lint-tools
	cargo fmt --all --check

lint: lint-tools $(EMBEDDED_PACKAGES)
	cargo clippy --locked --workspace --all-targets --features tests/bench -- -D warnings
	@cargo metadata --locked --format-version 1 --manifest-path crates/journal/fuzz/Cargo.toml >/dev/null

tidy: build-tools $(EMBEDDED_PACKAGES)
	cargo test --locked -p tests --test it tidy::

# What is installed, and from where.

build-tools:
	@.ci/need cc node npm

test-tools:
	@.ci/need cc node npm chromium python3 qpdf pdfinfo xmllint

lint-tools: build-tools
	@.ci/need cargo-fmt cargo-clippy

%/node_modules/.package-lock.json: %/package.json %/package-lock.json | build-tools
	@echo "Installing the npm packages of $*"
	@cd $* && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

# The mail server that the tests send to.
$(PYTHON_PACKAGES): tests/it/requirements.txt | test-tools
	@echo "Installing the Python packages of tests/it"
	@python3 -m venv target/python
	@target/python/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

target/tools/bin/cargo-fuzz: | build-tools
	@.ci/need c++
	cargo install --locked --version 0.13.2 --root target/tools cargo-fuzz

target/tools/bin/cargo-deny: | build-tools
	cargo install --locked --version 0.20.2 --root target/tools cargo-deny
