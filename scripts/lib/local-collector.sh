# A collector, and a sink that it sends to, on free ports of 127.0.0.1, until the script ends.
# Sourced after common.sh. `start_sink` and `hold_port` come before `start_collector`.
# shellcheck shell=bash disable=SC2034,SC2154 # Other files share these names.

here_local_collector="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

# The longest that a child may take until it accepts connections.
readonly readiness_limit_tenths=150

# Makes the pipe by which the children notice that this script is gone. The argument is a folder.
open_lifeline() {
    child_input="$1/lifeline"
    mkfifo "$child_input"
    exec 8<>"$child_input"
}

# Waits until a child has written a line with its port to a file, and prints the port.
read_port() {
    local file="$1" pid="$2" tries port
    for ((tries = 0; tries < readiness_limit_tenths; tries++)); do
        if read -r port <"$file"; then
            echo "$port"
            return
        fi
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    fail "the process that should have written its port to ${file##*/} did not"
}

# Starts the sink that keeps what the collector passes on; its port is in `sink_port`.
start_sink() {
    local python="$1" folder="$2"
    : >"$folder/sink-port"
    start_child "$python" "$here_local_collector/otlp-json-sink" "$folder/collected.jsonl" \
        >"$folder/sink-port"
    sink_port="$(read_port "$folder/sink-port" "$child")"
}

# Reserves a port for a server that starts later, so that other programs can know it before. Its
# number is in `port`. The second argument is a file for it, the third one the wanted port (default
# any).
reserve_port() {
    local python="$1" file="$2"
    : >"$file"
    start_child "$python" "$here_local_collector/hold-port" "${3:-0}" >"$file"
    port="$(read_port "$file" "$child")"
}

# Reserves a port for the collector: `collector_port`.
hold_port() {
    reserve_port "$1" "$2/collector-port"
    collector_port="$port"
}

# Starts the collector with the production configuration and waits until it accepts connections.
# It sends to the sink, as uncompressed JSON, or to the address in the fourth argument, in its
# production format. Its pid is in `collector`. If this script is killed and can't stop it, it ends
# after as many seconds as the third argument says.
start_collector() {
    local binary="$1" folder="$2" life_seconds="$3" upstream="${4:-}" tries
    local settings=(OTELCOL_UPSTREAM_ENDPOINT="$upstream")
    [[ -n $upstream ]] || settings=(
        OTELCOL_UPSTREAM_ENDPOINT="http://127.0.0.1:$sink_port"
        OTELCOL_UPSTREAM_ENCODING=json OTELCOL_UPSTREAM_COMPRESSION=none)
    start_child timeout "$life_seconds" env -i \
        OTELCOL_HTTP_ENDPOINT="127.0.0.1:$collector_port" OTELCOL_GRPC_ENDPOINT=127.0.0.1:0 \
        OTELCOL_METRICS_LEVEL=none "${settings[@]}" \
        "$binary" --config "$here_local_collector/../../collector-config/collector.yaml" \
        >"$folder/collector.log" 2>&1
    collector="$child"
    for ((tries = 0; tries < readiness_limit_tenths; tries++)); do
        (exec 3<>"/dev/tcp/127.0.0.1/$collector_port") 2>/dev/null && return
        kill -0 "$collector" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 5 "$folder/collector.log" >&2
    fail "the collector $binary did not start to listen on 127.0.0.1:$collector_port"
}
