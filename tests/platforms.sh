#!/usr/bin/env bash
# Tries the library on every supported release of Debian, each in a new root of its own below build/platforms: the two
# commands of README, the warnings of users, and headers and contract with each Boost of the release. Then the compilers of
# other systems. `tests/platforms.sh quick` checks only headers and contract on Debian 13.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/packages.sh
install_packages platforms

roots=$PWD/build/platforms
section() { printf '\n=== %s (%d min)\n' "$*" $((SECONDS / 60)); }

new_root() { # RELEASE: with a copy of the files in the folder /zenoo_rpc
    rm -rf "${roots:?}/$1"
    mkdir -p "$roots"
    debootstrap --variant=minbase "$1" "$roots/$1" >"$roots/$1.log" || {
        tail -n 20 "$roots/$1.log"
        return 1
    }
    mkdir "$roots/$1/zenoo_rpc"
    git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --create | tar -x -C "$roots/$1/zenoo_rpc"
}

inside() { # RELEASE COMMAND: runs a command in the root; the mounts end with it
    unshare --mount bash -euc '
        mount -t proc proc "$0/proc"
        mount --rbind /dev "$0/dev"
        exec chroot "$0" bash -euc "cd /zenoo_rpc; $1"' "$roots/$1" "$2"
}

use_boost() { # RELEASE VERSION: instead of the one that is installed
    inside "$1" "apt-get install -q -y --no-install-recommends libboost$2-dev libboost-json$2-dev libboost-url$2-dev >/dev/null"
}

headers_and_contract() { # RELEASE: each header by itself, and the contract's tests
    inside "$1" "
        source cmake/packages.sh
        install_packages build tests >/dev/null
        cmake --preset dev --log-level=WARNING
        cmake --build --preset dev --target self_contained self_contained_pure zenoo_rpc_contract_test
        ctest --preset dev --label-regex contract | tail -n 4"
}

if [ "${1:-}" = quick ]; then
    section "Debian 13, Boost 1.88: headers and contract"
    new_root trixie
    use_boost trixie 1.88
    headers_and_contract trixie
    exit
fi

for release in bookworm trixie; do
    section "$release: examples/demo.sh"
    new_root "$release"
    inside "$release" "examples/demo.sh"
    section "$release: tests/run.sh"
    inside "$release" "tests/run.sh"
    section "$release: warnings"
    inside "$release" "apt-get install -q -y --no-install-recommends clang-19 >/dev/null; tests/warnings.sh g++ clang++-19"
done

section "trixie: Boost 1.88"
use_boost trixie 1.88
headers_and_contract trixie

section "clang++-19 with libc++"
tests/warnings.sh "clang++-19 -stdlib=libc++"
section "mingw-w64: the retries, syntax only"
mkdir -p "$roots/include"
ln -sfn /usr/include/boost "$roots/include/boost"
for file in tests/consumer/uses_retry.cpp bench/compile_time/ours.cpp; do
    x86_64-w64-mingw32-g++-posix -std=c++20 -fsyntax-only -D_WIN32_WINNT=0x0A00 -Iinclude -isystem "$roots/include" "$file"
done
section "all platforms passed"
