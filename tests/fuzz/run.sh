#!/usr/bin/env bash
# Builds the fuzzers and runs each for some seconds, 30 unless told. What they find is kept below build/fuzz.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-30}

cmake --preset fuzz
cmake --build --preset fuzz
for source in tests/fuzz/*_fuzz.cpp; do
    fuzzer=$(basename "$source" .cpp)
    found=build/fuzz/found/$fuzzer
    mkdir -p "$found"
    echo "$fuzzer: $seconds s"
    "build/fuzz/tests/fuzz/$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=8192 -verbosity=0 \
        -print_final_stats=1 -artifact_prefix="$found/" "$found" "tests/fuzz/seeds/${fuzzer%_fuzz}"
done
