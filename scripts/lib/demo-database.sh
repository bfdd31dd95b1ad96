# The run of scripts/demo with a database, which continues until somebody stops it. scripts/demo
# sources this file last; it uses the functions and variables of that script.
# shellcheck shell=bash disable=SC2034,SC2154 # Other files share these names.

# Starts a Prometheus that scrapes the node, if the node's RPC port serves /metrics.
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

# Prints the addresses of all parts.
show_addresses() {
    echo
    [[ -z $page ]] || echo "Dashboards, live:            $page"
    echo "VictoriaMetrics:             http://127.0.0.1:$database_port/vmui/"
    [[ -z $scraper ]] || echo "Prometheus (scrapes):        http://127.0.0.1:$scraper_port/"
    echo "Collector, OTLP over HTTP:   http://127.0.0.1:$collector_port"
    echo
    echo "The node keeps running, with the label instance=\"$demo_instance\". Ctrl-C ends everything."
}

# Prints the name of a process for messages, and the file that has its output.
name_of_part() {
    case "$1" in
        "$collector") echo "the collector, $work/collector.log" ;;
        "$database") echo "the database VictoriaMetrics, $work/database.log" ;;
        "$scraper") echo "the scraper Prometheus, $work/prometheus.log" ;;
        "$page_server") echo "the server of the page, $work/page.log" ;;
    esac
}

# Ends the script because another process ended before the node, and shows its last output.
fail_without() {
    local part
    part="$(name_of_part "$1")"
    forget_child "$1"
    tail -n 5 "${part##*, }" >&2
    fail "${part%, *} ended before the node, with status $2; its last output is above"
}

# From here on, a signal ends the run in order. `stopping` says whether one has arrived.
end_on_signal() {
    stopping=no
    trap 'stopping=yes' INT TERM HUP
}

# The longest time, in seconds, until the script notices that a process has ended, or that a signal
# came right before a `wait`.
readonly look_interval_seconds=0.5

# Waits until the node ends, whose status is then in `node_status`, or for a signal after
# `end_on_signal`. No other process may end before.
#
# It polls, because `wait -n` misses a process that has ended right before.
await_end() {
    local pid="$1" ended="" each
    # Prometheus and the page are optional. The node is last, because its end matters most.
    local parts=(
        "$collector" "$database" ${scraper:+"$scraper"} ${page_server:+"$page_server"} "$pid")
    node_status=0
    while [[ $stopping == no ]]; do
        for each in "${parts[@]}"; do
            kill -0 "$each" 2>/dev/null || ended="$each"
        done
        [[ -z $ended ]] || break
        sleep "$look_interval_seconds" &
        # A signal ends the wait.
        wait "$!" || true
    done
    if [[ $stopping == yes ]]; then
        say "stopping the node, the collector and the rest, in this order"
        stop_child "$pid"
    else
        wait "$ended" || node_status=$?
        [[ $ended == "$pid" ]] || fail_without "$ended" "$node_status"
    fi
    forget_child "$pid"
}

# Runs the node with a database until somebody stops it.
run_with_database() {
    local query="api/v1/query?query=rpp_runtime_chain_block_height" pid
    life=$((seconds + 2 * shutdown_limit_seconds))
    # Reserved before anything starts, so that no other server answers on this port instead.
    reserve_port "$python" "$work/database-port" "${database_port:-0}"
    database_port="$port"
    start_database "$python" "$VICTORIA_METRICS" "$work" "$database_port" "$life"
    start_collector "$OTELCOL" "$work" "$life" "http://127.0.0.1:$database_port/opentelemetry"
    # One validator breaks the rules, so that no panel about such events stays empty.
    start_node --faulty-validators 1
    pid="$child"
    say "waiting for the first measurement in the database"
    "$python" "$root/scripts/lib/await-answer" --series --seconds "$arrival_limit_seconds" \
        "http://127.0.0.1:$database_port/$query" ||
        { show_node_output; fail "nothing arrived in $arrival_limit_seconds s"; }
    start_scraper_of_node
    start_page "$python" "$work" "http://127.0.0.1:$database_port" "$export_interval_seconds"
    end_on_signal
    show_addresses
    await_end "$pid"
    stop_child "$collector"
    show_node_output
    keep_files
    ((node_status == 0)) || fail "the node ended with status $node_status"
}
