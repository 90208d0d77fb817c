#!/usr/bin/env bash
# Checks the gates that other programs on the machine cannot disturb: instructions and allocations of a successful call. A
# gate whose line contains the argument may fail: 'gate 1 (clang++)'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source bench/tools.sh

instructions() { # COMPILER KIND NUMBER: of the whole program
    valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null "build/bench/$1/calls" "$2" "$3" 2>&1 |
        awk '/I +refs/ { gsub(",", "", $NF); print $NF }'
}

declare -A count
for compiler in "${compilers[@]}"; do
    build "$compiler" calls counts
    for kind in bare hand_written retry any_retry resilient; do
        count[$kind]=$(per_call "$(instructions "$compiler" $kind 3000)" "$(instructions "$compiler" $kind 1000)")
        printf '%-40s %12s instructions\n' "$kind" "${count[$kind]}"
    done
    ratio=$(awk "BEGIN { print ${count[retry]} / ${count[hand_written]} }")
    gate 1 "$compiler" "$ratio" 1.02 "async_retry / hand-written loop, instructions"
    "build/bench/$compiler/counts"
done | tee "$results"
summary "$@"
