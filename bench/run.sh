#!/usr/bin/env bash
# Builds and runs all benchmarks with both compilers, and reports which goals are met. Takes five minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source bench/tools.sh

system_calls() { # COMPILER KIND NUMBER: of the whole program
    strace -f -o '|wc -l' "build/bench/$1/calls" "$2" "$3"
}

compile() { # COMPILER FILE [FLAG]...
    "$1" -std=c++20 -O2 -DNDEBUG -Iinclude "${@:3}" -c "bench/compile_time/$2.cpp" -o /dev/null
}
compile_time() { # COMPILER FILE [FLAG]...: milliseconds of processor time
    local TIMEFORMAT='%U %S'
    { time compile "$@"; } 2>&1 | awk '{ print ($1 + $2) * 1000 }'
}

compile_gate() { # COMPILER FILE OTHER LIMIT WHAT [FLAG]...: ratio of the compile times of two files
    local file=() other=()
    compile "$1" "$2" "${@:6}"  # fails if the file does not compile, which would take no time
    compile "$1" "$3"
    for _ in 1 2 3 4 5; do
        file+=("$(compile_time "$1" "$2" "${@:6}")")
        other+=("$(compile_time "$1" "$3")")
    done
    printf 'compile time, ms: %s %s; %s %s\n' "$2" "${file[*]}" "$3" "${other[*]}"
    gate 21 "$1" "$(awk "BEGIN { print $(least "${file[@]}") / $(least "${other[@]}") }")" "$4" "$5, compile time"
}

{
    bench/instructions.sh || true  # its gates are repeated at the end
    bench/wire.sh || true
    for compiler in "${compilers[@]}"; do
        build "$compiler" all
        for program in success failure breaker deadline memory queries rows row_memory imports; do
            printf '\n%s, %s\n' "$program" "$compiler"
            "build/bench/$compiler/$program"
        done

        calls=$(per_call "$(system_calls "$compiler" failing 3000)" "$(system_calls "$compiler" failing 1000)")
        gate 12 "$compiler" "$calls" 0 "two retries without delay, system calls"

        compile_gate "$compiler" ours asio 1.75 "a file that awaits one retry, header-only / a file with Asio alone"
        compile_gate "$compiler" ours asio 1.6 "a file that awaits one retry, compiled parts linked / a file with Asio alone" \
            -DZENOO_RPC_RETRY_COMPILED
        compile_gate "$compiler" queries execute_kw 1.5 "a file with two queries / one with a call of execute_kw"
    done
} | tee "$results"
summary
