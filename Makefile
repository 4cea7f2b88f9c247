# `make run` and `make test` work on a fresh Debian 12 with a Swift toolchain and nothing else.
# Every path is relative to this folder, so that a path with a space works.

SHELL := /bin/sh
PREFIX ?= /usr/local
SWIFT ?= swift
SECONDS ?= 60
RELEASE := -c release --static-swift-stdlib --product casebook
SOURCES := Sources Tests Fuzz Benchmarks Package.swift

.PHONY: help setup build release run test fuzz lint format bench docs install clean

help:
	@echo 'make run      run a shipped runbook to its end; leaves it and its report under exports/latest'
	@echo 'make test     check the form, build and run all tests'
	@echo 'make fuzz     look for documents that break a promise; SECONDS=$(SECONDS)'
	@echo 'make build    build for development'
	@echo 'make release  build the binary that is installed'
	@echo 'make install  install that binary; PREFIX=$(PREFIX)'
	@echo 'make format   put the Swift sources into form; make lint only checks'
	@echo 'make bench    measure; nothing is asserted'
	@echo 'make docs     write docs/reference/commands.md from the binary'
	@echo 'make clean    remove what was built'

setup:
	@scripts/setup build notebooks

build: setup
	$(SWIFT) build

release: setup
	$(SWIFT) build $(RELEASE)

run: release
	@scripts/run-notebook .build/release/casebook

# The runner's own summary comes last; nothing is printed after it.
test: setup
	@scripts/setup languages
	@$(MAKE) --no-print-directory lint
	@scripts/check-imports $(SWIFT)
	@$(SWIFT) test --disable-xctest

fuzz: setup
	@SWIFT=$(SWIFT) scripts/fuzz $(SECONDS)

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format:
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

bench: release
	@scripts/setup bench
	CASEBOOK_BENCH=1 $(SWIFT) build --scratch-path .build-bench -c release --product document-bench
	@python3 Benchmarks/run --casebook .build/release/casebook --document-bench .build-bench/release/document-bench

docs: build
	@scripts/write-command-reference .build/debug/casebook docs/reference/commands.md

install: release
	install -D -m 0755 .build/release/casebook "$(DESTDIR)$(PREFIX)/bin/casebook"

clean:
	rm -rf .build exports/latest
