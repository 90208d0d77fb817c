#!/usr/bin/env bash
# Imports 2,000 contacts into a simulated Odoo that keeps failing, and counts what arrived.
# Arguments go to import_contacts: --faults storm, or --url and --database for a server of your own.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

source "$project/cmake/packages.sh"
install_packages build

build=$project/build/demo
# -O1 compiles in half the time of -O2; the network is what this program waits for.
cmake -S "$project" -B "$build" -G Ninja --log-level=WARNING -DZENOO_RPC_BUILD_TESTS=OFF \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O1 -DNDEBUG"
cmake --build "$build" --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" --target import_contacts odoo_simulator

case " $* " in
*" --url"* | *" --faults"*) ;;
*) set -- --faults flaky "$@" ;;
esac
exec "$build/examples/import_contacts" "$project/examples/data/contacts.csv" "$@"
