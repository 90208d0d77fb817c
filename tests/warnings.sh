#!/usr/bin/env bash
# Compiles programs of users with the warnings that users have, as errors: the headers are not system headers here.
# tests/warnings.sh [COMPILER]... [-- FILE...] tries each compiler (default: g++) with each optimisation and standard;
# a compiler may have options: "clang++ -stdlib=libc++".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

compilers=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    compilers+=("$1")
    shift
done
[ ${#compilers[@]} -gt 0 ] || compilers=(g++)
files=("${@:2}")
[ ${#files[@]} -gt 0 ] || files=(tests/consumer/uses_*.cpp tests/contract/*_test.cpp examples/first_*.cpp examples/virtual_time.cpp)

compile() { # COMPILER OPTIMISATION STANDARD FILE
    # shellcheck disable=SC2086
    $1 "$2" -std="$3" -Wall -Wextra -Werror -Iinclude -Itests -c "$4" -o /dev/null || {
        echo "warnings: $*"
        return 1
    }
}
export -f compile

for compiler in "${compilers[@]}"; do
    for standard in c++20 c++23; do
        for optimisation in -O0 -O1 -O2; do
            printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" \
                bash -c 'compile "$@"' compile "$compiler" "$optimisation" "$standard"
            echo "$compiler $optimisation $standard: no warning in ${#files[@]} files"
        done
    done
done
