"""Draws Grafana dashboards from a Prometheus HTTP API as one HTML page: the parts of `preview`.

`window` and `units` know about time and numbers, `dashboard` reads the JSON, `database` asks,
`series` joins both; `scales`, `chart`, `stat`, `bars` and `table` draw one panel each; `page` puts
them together and `theme` says how it looks; `server` shows it live.
"""
