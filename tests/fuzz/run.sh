#!/usr/bin/env bash
# Builds the fuzzers and runs each for the given number of seconds (default: 30), concurrently on all processors. Their
# findings and output are kept below build/fuzz/found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export seconds=${1:-30}

cmake --preset fuzz
cmake --build --preset fuzz

run_fuzzer() { # NAME
    local found=build/fuzz/found/$1 failed=
    mkdir -p "$found"
    "build/fuzz/tests/fuzz/$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=8192 -verbosity=0 \
        -print_final_stats=1 -artifact_prefix="$found/" "$found" "tests/fuzz/seeds/${1%_fuzz}" >"$found.log" 2>&1 ||
        failed=yes
    printf '%s: %d s\n%s\n' "$1" "$seconds" "$(cat "$found.log")"
    [ -z "$failed" ]
}
export -f run_fuzzer
basename -as .cpp tests/fuzz/*_fuzz.cpp | xargs -P "$(nproc)" -I{} bash -c 'run_fuzzer {}'
