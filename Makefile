# Every target works on a fresh Debian or Ubuntu machine with a Swift toolchain: it first installs what is missing, and says so.

PREFIX ?= /usr/local
SIM ?= demo
# Flags for static linking would rebuild everything in the folder of everyday builds: this one is of its own.
RELEASE_BUILD = .build-release
RELEASE = swift build -c release --static-swift-stdlib --scratch-path $(RELEASE_BUILD)

.PHONY: run test test-clients bench lint install pictures libraries tmux

run: libraries
	swift build --product fathom
	.build/debug/fathom --sim=$(SIM)

test: libraries tmux
	swift build --build-tests
# One test after the other: whole clusters live through virtual minutes in some, and would keep the others' requests waiting.
	swift test --skip-build --no-parallel

test-clients: libraries
	swift build --build-tests
	Scripts/test-clients

bench: libraries
	$(RELEASE) --product fathom
	$(RELEASE) --product FathomBenchmarks
	$(RELEASE_BUILD)/release/FathomBenchmarks

install: libraries
	$(RELEASE) --product fathom
	install -D -s -m 755 $(RELEASE_BUILD)/release/fathom $(DESTDIR)$(PREFIX)/bin/fathom

pictures: libraries tmux
	swift build --product fathom
	Scripts/make-pictures .build/debug/fathom docs/pictures

lint:
	swift format format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks Plugins
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks Plugins

libraries:
	@Scripts/install-packages libncursesw5-dev zlib1g-dev

tmux:
	@Scripts/install-packages tmux
