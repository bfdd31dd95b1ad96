# A database that the collector sends to, a scraper, and a page that shows the dashboards, on ports
# of 127.0.0.1, until the script ends. Sourced after local-collector.sh.
# shellcheck shell=bash disable=SC2034,SC2154 # Other files share these names.

here_local_database="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly configurations="$here_local_database/../../collector-config"

# The longest that the first measurement may take from the node to the database.
readonly arrival_limit_seconds=60
# How much memory the database may use to cache what is on disk.
readonly database_cache_bytes=256MiB

# Waits until a server answers an address with status 200, for at most the given seconds.
await_answer() {
    "$1" "$here_local_database/await-answer" --seconds "$3" "$2"
}

# Starts VictoriaMetrics on a port, with the names and labels that Prometheus gives to data from
# OTLP: `start_database PYTHON BINARY FOLDER PORT LIFE_SECONDS`. Its pid is in `database`.
start_database() {
    local python="$1" binary="$2" folder="$3" port="$4" life_seconds="$5"
    mkdir -p "$folder/database"
    # Without -search.latencyOffset, queries would not show the latest half minute.
    start_child timeout "$life_seconds" env -i "$binary" \
        -httpListenAddr="127.0.0.1:$port" -storageDataPath="$folder/database" \
        -opentelemetry.usePrometheusNaming \
        -relabelConfig="$configurations/victoria-metrics-relabel.yaml" \
        -search.latencyOffset=1s -retentionPeriod=2d -memory.allowedBytes="$database_cache_bytes" \
        -loggerLevel=WARN >"$folder/database.log" 2>&1
    database="$child"
    await_answer "$python" "http://127.0.0.1:$port/health" "$((readiness_limit_tenths / 10))" || {
        tail -n 5 "$folder/database.log" >&2
        fail "the database $binary did not start to answer on 127.0.0.1:$port"
    }
}

# Starts a Prometheus that scrapes one target as the job of a node, with the label `instance` that
# the node has on the other route: `start_scraper PYTHON BINARY FOLDER TARGET INSTANCE
# LIFE_SECONDS`. Its pid is in `scraper`, its port in `scraper_port`.
start_scraper() {
    local python="$1" binary="$2" folder="$3" target="$4" instance="$5" life_seconds="$6"
    reserve_port "$python" "$folder/scraper-port"
    scraper_port="$port"
    cat >"$folder/prometheus.yaml" <<TEXT
global:
  scrape_interval: ${scrape_interval_seconds}s
scrape_configs:
  - job_name: rpp/rpp
    static_configs:
      - targets: ["$target"]
        labels: {instance: "$instance"}
TEXT
    start_child timeout "$life_seconds" env -i "$binary" \
        --config.file="$folder/prometheus.yaml" --storage.tsdb.path="$folder/prometheus" \
        --storage.tsdb.retention.time=2d --web.listen-address="127.0.0.1:$scraper_port" \
        --log.level=warn >"$folder/prometheus.log" 2>&1
    scraper="$child"
    await_answer "$python" "http://127.0.0.1:$scraper_port/-/ready" \
        "$((readiness_limit_tenths / 10))" || {
        tail -n 5 "$folder/prometheus.log" >&2
        fail "the database $binary did not start to answer on 127.0.0.1:$scraper_port"
    }
}

# Serves the page that shows the dashboards. Its address is in `page`, the pid of its server in
# `page_server`. Both are empty if there are no dashboards.
start_page() {
    local python="$1" folder="$2" database_address="$3" interval_seconds="$4"
    page="" page_server=""
    compgen -G "$configurations/dashboards/*.json" >/dev/null || return 0
    : >"$folder/page-address"
    start_child "$python" -B "$configurations/dashboards/preview" --listen 127.0.0.1:0 \
        --database "$database_address" --from -5m --interval "${interval_seconds}s" --refresh 15 \
        >"$folder/page-address" 2>"$folder/page.log"
    page_server="$child"
    page="$(read_port "$folder/page-address" "$page_server")"
}
