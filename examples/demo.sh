#!/usr/bin/env bash
# Imports 2,000 contacts into a simulated Odoo that keeps failing, and counts the records that were created.
# Arguments are passed to import_contacts: --faults storm, or --url and --database for your own server.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

source "$project/cmake/packages.sh"
install_packages build

build=$project/build/demo
# -O1 compiles in half the time of -O2; this program mostly waits for the network.
cmake -S "$project" -B "$build" -G Ninja --log-level=WARNING -DZENOO_RPC_BUILD_TESTS=OFF \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O1 -DNDEBUG"
cmake --build "$build" --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" --target import_contacts odoo_simulator

case " $* " in
*" --url"* | *" --faults"*) ;;
*) set -- --faults flaky "$@" ;;
esac
exec "$build/examples/import_contacts" "$project/examples/data/contacts.csv" "$@"
