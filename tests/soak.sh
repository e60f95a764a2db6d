#!/bin/sh
# soak.sh - what takes long: each fuzzer for SECONDS_EACH (default: 30)
set -eu
cd "$(dirname "$0")/.."
unset MAKEFLAGS MFLAGS MAKELEVEL
make --no-print-directory -s -j2 fuzz-build
tests/fuzz/run.sh build/clang-fuzz "${SECONDS_EACH:-30}"
