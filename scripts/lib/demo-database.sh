# The run of scripts/demo that goes on into a database until somebody ends it. Sourced by it, last;
# uses its functions and variables.
# shellcheck shell=bash disable=SC2034,SC2154 # Names are shared with the files beside.

# Starts a Prometheus beside the node if the node has a page for it, /metrics of its RPC.
start_scraper_of_node() {
    local target
    scraper=""
    target="$(sed -n 's/^rpc listening on //p' "$work/node.out" "$work/node.err" | head -n 1)"
    if [[ -z $target ]] || ! await_answer "$python" "http://$target/metrics" 1 2>/dev/null; then
        say "the node has no page /metrics; Prometheus, which would scrape it, is not started"
        return
    fi
    start_scraper "$python" "$PROMETHEUS" "$work" "$target" "$demo_instance" "$life"
}

# Says where everything is.
show_addresses() {
    echo
    [[ -z $page ]] || echo "Dashboards, live:            $page"
    echo "VictoriaMetrics:             http://127.0.0.1:$database_port/vmui/"
    [[ -z $scraper ]] || echo "Prometheus (scrapes):        http://127.0.0.1:$scraper_port/"
    echo "Collector, OTLP over HTTP:   http://127.0.0.1:$collector_port"
    echo
    echo "The node runs on, with the label instance=\"$demo_instance\". Ctrl-C ends everything."
}

# Waits for the end of the node, whose status is then in `node_status`, or for a signal. Nothing
# else may end before.
await_end() {
    local pid="$1" ended=""
    node_status=0
    # A trapped signal ends `wait` while all of them are still there.
    wait -n -p ended "$pid" "$collector" "$database" || node_status=$?
    if [[ $stopping == yes ]]; then
        say "stopping the node, the collector and the rest, in this order"
        stop_child "$pid"
        node_status=0
    elif [[ $ended != "$pid" ]]; then
        tail -n 5 "$work/collector.log" "$work/database.log" >&2
        fail "the collector or the database ended before the node"
    fi
    forget_child "$pid"
}

# Runs the node into a database until somebody ends it.
run_with_database() {
    local query="api/v1/query?query=rpp_runtime_chain_block_height" pid
    life=$((seconds + 2 * shutdown_limit_seconds))
    # Held before anything starts: another server on the same port would answer in its place.
    reserve_port "$python" "$work/database-port" "${database_port:-0}"
    database_port="$port"
    start_database "$python" "$VICTORIA_METRICS" "$work" "$database_port" "$life"
    start_collector "$OTELCOL" "$work" "$life" "http://127.0.0.1:$database_port/opentelemetry"
    # One validator that breaks the rules, so that no panel about such events stays empty.
    start_node --faulty-validators 1
    pid="$child"
    say "waiting for the first measurement in the database"
    "$python" "$root/scripts/lib/await-answer" --series --seconds "$arrival_limit_seconds" \
        "http://127.0.0.1:$database_port/$query" ||
        { show_node_output; fail "nothing arrived in $arrival_limit_seconds s"; }
    start_scraper_of_node
    start_page "$python" "$work" "http://127.0.0.1:$database_port" "$export_interval_seconds"
    show_addresses

    stopping=no
    trap 'stopping=yes' INT TERM HUP
    await_end "$pid"
    stop_child "$collector"
    show_node_output
    keep_files
    ((node_status == 0)) || fail "the node ended with status $node_status"
}
