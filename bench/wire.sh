#!/usr/bin/env bash
# Compares calls over connections with a hand-written client and with other clients. Server and client are separate
# processes, each on its own processor. Clients that are not installed are left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source bench/tools.sh

rounds=${1:-5}
measured=$(mktemp)
trap 'rm -f "$results" "$measured"' EXIT
server_process=
python=/usr/bin/python3  # the Python of the system's packages

# Sets server_port.
start_server() { # COMPILER [--close]
    stop_server
    coproc server { exec taskset -c 0 "build/bench/$1/odoo_server" "${@:2}"; }
    server_process=$!
    read -r server_port <&"${server[0]}"
}
stop_server() {
    [ -n "$server_process" ] || return 0
    kill "$server_process"
    wait "$server_process" 2>/dev/null || true
    server_process=
}

# Records a measurement: NAME, calls per second, microseconds of processor time per call.
note() { # NAME COMMAND...
    printf '%s %s\n' "$1" "$(taskset -c 1 "${@:2}")" >>"$measured"
}
ours() { note "$2" "build/bench/$1/odoo_calls" "$2" "$server_port" "$3"; } # COMPILER KIND CALLS
by_python() { note "$1_$2" "$python" "bench/peers/$1_calls.py" "$2" "$server_port" "$3"; } # PEER KIND CALLS
by_wrk() {
    wrk -t1 -c32 -d1s -s bench/peers/create.lua "http://127.0.0.1:$server_port/jsonrpc" |
        awk '/Non-2xx/ { exit 1 } /Requests\/sec/ { print $2, 0 }'
}
has_wrk() { command -v wrk >/dev/null; }
has_odoorpc() { "$python" -c 'import odoorpc' 2>/dev/null; }

# The median of the measurements of NAME in COLUMN: 2 calls per second, 3 processor time.
median() { # NAME COLUMN
    awk -v name="$1" -v column="$2" '$1 == name { print $column }' "$measured" | sort -g |
        awk '{ value[NR] = $1 } END { if (NR == 0) exit 1; print value[int((NR + 1) / 2)] }'
}
show() {
    printf '%-28s %12s %16s\n' client 'calls/s' 'CPU us/call'
    for name in $(cut -d ' ' -f 1 "$measured" | sort -u); do
        printf '%-28s %12s %16s\n' "$name" "$(median "$name" 2)" "$(median "$name" 3)"
    done
}
ratio() { awk "BEGIN { print $1 / $2 }"; }

# Counts the calls of recv for CALLS calls and a warm-up of a tenth as many.
receive_calls() { # COMPILER CALLS
    strace -f -e trace=recvmsg,recvfrom -o '|grep -c recv >&3' \
        "build/bench/$1/odoo_calls" search_read "$server_port" "$2" 3>&1 >/dev/null
}

{
    trap stop_server EXIT
    for compiler in "${compilers[@]}"; do
        build "$compiler" odoo_server odoo_calls
        : >"$measured"
        start_server "$compiler"
        for ((round = 0; round < rounds; ++round)); do
            ours "$compiler" raw_create 30000
            ours "$compiler" create 30000
            ! has_wrk || note wrk_create bash -c "$(declare -f by_wrk); server_port=$server_port; by_wrk"
            ours "$compiler" raw_search_read 20000
            ours "$compiler" search_read 10000
            ! has_odoorpc || by_python odoorpc create 1600
            ! has_odoorpc || by_python odoorpc search_read 1600
            by_python http_client create 3200
            by_python http_client search_read 3200
        done
        start_server "$compiler" --close
        for ((round = 0; round < rounds; ++round)); do
            note closing_create "build/bench/$compiler/odoo_calls" create "$server_port" 6000
            ours "$compiler" raw_connecting 6000
        done

        printf '\nwire, %s\n' "$compiler"
        show
        gate 14 "$compiler" "$(ratio "$(median create 3)" "$(median raw_create 3)")" 1.30 \
            "create, 32 connections / raw Asio loop, processor time of the client"
        gate 14 "$compiler" "$(ratio "$(median closing_create 3)" "$(median raw_connecting 3)")" 1.30 \
            "create, server closes connections / raw Asio loop that connects for each call"
        if has_wrk; then
            gate 15 "$compiler" "$(ratio "$(median wrk_create 2)" "$(median create 2)")" 1.25 \
                "create, 32 connections, wrk -t1 / the client, calls per second"
        fi
        if has_odoorpc; then
            gate 18 "$compiler" "$(ratio "$(median odoorpc_create 2)" "$(median create 2)")" "$(ratio 1 15)" \
                "create, 32 connections, odoorpc / the client, calls per second"
            gate 18 "$compiler" "$(ratio "$(median odoorpc_search_read 2)" "$(median search_read 2)")" "$(ratio 1 6)" \
                "search_read of 80, 32 connections, odoorpc / the client, calls per second"
        fi
        start_server "$compiler"
        recv=$(per_call "$(receive_calls "$compiler" 3000)" "$(receive_calls "$compiler" 1000)")
        gate 19 "$compiler" "$(ratio "$recv" 1.1)" 3 "search_read of 80 (22 KB), calls of recv"
    done
} | tee "$results"
summary
