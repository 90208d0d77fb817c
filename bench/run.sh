#!/usr/bin/env bash
# Builds and runs all programs with both compilers, and says how far the goals are met. Takes five minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source bench/tools.sh

system_calls() { # COMPILER KIND NUMBER: of the whole program
    strace -f -o '|wc -l' "build/bench/$1/calls" "$2" "$3"
}

compile() { "$1" -std=c++20 -O2 -DNDEBUG -Iinclude -c "bench/compile_time/$2.cpp" -o /dev/null; }
compile_time() { # COMPILER FILE: milliseconds of processor time
    local TIMEFORMAT='%U %S'
    { time compile "$@"; } 2>&1 | awk '{ print ($1 + $2) * 1000 }'
}

{
    bench/instructions.sh || true  # its gates are among those at the end
    bench/wire.sh || true
    for compiler in "${compilers[@]}"; do
        build "$compiler" all
        for program in success failure breaker deadline memory rows row_memory; do
            printf '\n%s, %s\n' "$program" "$compiler"
            "build/bench/$compiler/$program"
        done

        calls=$(per_call "$(system_calls "$compiler" failing 3000)" "$(system_calls "$compiler" failing 1000)")
        gate 12 "$compiler" "$calls" 0 "two retries without delay, system calls"

        compile "$compiler" ours  # a file that does not compile would take no time
        ours=() asio=()
        for _ in 1 2 3 4 5; do
            ours+=("$(compile_time "$compiler" ours)")
            asio+=("$(compile_time "$compiler" asio)")
        done
        printf 'compile time, ms: %s; with Asio alone: %s\n' "${ours[*]}" "${asio[*]}"
        ratio=$(awk "BEGIN { print $(least "${ours[@]}") / $(least "${asio[@]}") }")
        gate 21 "$compiler" "$ratio" 1.25 "a file that awaits one retry / the same with Asio alone, compile time"
    done
} | tee "$results"
verdict
