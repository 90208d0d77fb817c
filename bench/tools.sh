# Sourced by the scripts of this directory, in the root of the project.

compilers=(g++ clang++-19)
source cmake/packages.sh
install_packages build ci bench

results=$(mktemp)
trap 'rm -f "$results"' EXIT

# build COMPILER TARGET...: builds with release flags.
build() {
    local compiler=$1
    shift
    cmake -S bench -B "build/bench/$compiler" -G Ninja --log-level=WARNING -DCMAKE_CXX_COMPILER="$compiler" \
        -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG"
    cmake --build "build/bench/$compiler" --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" --target "$@"
}

# gate GOAL COMPILER MEASURED LIMIT WHAT: prints a gate in the format of the programs.
gate() {
    awk -v goal="$1" -v compiler="${2%-*}" -v measured="$3" -v limit="$4" -v what="$5" 'BEGIN {
        outcome = measured + 0 <= limit + 0 ? "ok" : "short"
        text = sprintf("gate %d (%s): %.4g <= %.4g %s", goal, compiler, measured, limit, outcome)
        printf "%-44s %s\n", text, what
    }'
}

# per_call LONG SHORT: the cost of one call, if 3000 calls cost LONG and 1000 cost SHORT. Fails if nothing was measured.
per_call() { awk "BEGIN { if ($2 <= 0) exit 1; print ($1 - $2) / 2000 }"; }

least() { printf '%s\n' "$@" | sort -g | head -n 1; }

# summary [GATE]: repeats all gates in $results; false if one of them is short whose line does not contain GATE.
summary() {
    printf '\n'
    awk '/^gate / && !seen[$0]++' "$results" | sort -s -t ' ' -k 2,2n -k 3,3r
    ! grep '^gate .* short' "$results" | grep -qvF "${1:-no gate}"
}
