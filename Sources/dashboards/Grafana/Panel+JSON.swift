internal import JSONText

/// A panel as Grafana reads it.
extension Panel {
    func json(id: Int, _ place: Place) throws(QueryProblem) -> JSONValue {
        // A current value needs an instant query. The last value of a range could be that of a node
        // that is gone.
        let isInstant = kind != .timeseries
        let common: JSONValue = [
            "id": .integer(id),
            "type": .string(kind.rawValue),
            "title": .string(title),
            "description": .string(description),
            "datasource": Board.datasource,
            "gridPos": place.json,
            "targets": .array(
                targets.enumerated().map {
                    $1.json($0, isInstant: isInstant, asTable: kind == .table)
                }),
            "fieldConfig": ["defaults": try fieldDefaults(), "overrides": fieldOverrides],
            "options": options,
        ]
        return kind == .table ? common.adding(["transformations": [columnOrder]]) : common
    }

    private func fieldDefaults() throws(QueryProblem) -> JSONValue {
        let isGraph = kind == .timeseries
        let hasMarks = !marks.steps.isEmpty
        let mode = isGraph ? "palette-classic" : "thresholds"
        var defaults: JSONValue = [
            "unit": .string(quantity.grafanaUnit),
            "color": ["mode": .string(mode)],
            "mappings": [],
            "thresholds": try marks.json(in: quantity),
        ]
        if let noValue { defaults = defaults.adding(["noValue": .string(noValue)]) }
        if kind == .bargauge {
            // A ratio is shown as a part of the whole.
            defaults = defaults.adding(quantity == .ratio ? ["min": 0, "max": 1] : ["min": 0])
        }
        if isGraph {
            let lines = hasMarks && marks.areLines
            defaults = defaults.adding(["custom": Self.graphStyle(showsMarks: lines)])
        }
        return defaults
    }

    private static func graphStyle(showsMarks: Bool) -> JSONValue {
        [
            "drawStyle": "line",
            "lineInterpolation": "linear",
            "lineWidth": 1,
            "fillOpacity": 8,
            "showPoints": "auto",
            "spanNulls": false,
            "axisPlacement": "auto",
            "stacking": ["mode": "none", "group": "A"],
            "thresholdsStyle": ["mode": .string(showsMarks ? "dashed" : "off")],
        ]
    }

    /// The column of the value has its unit and marks. The other columns are plain text.
    private var fieldOverrides: JSONValue {
        guard kind == .table, !marks.steps.isEmpty else { return [] }
        return [
            [
                "matcher": ["id": "byName", "options": .string(valueTitle)],
                "properties": [
                    [
                        "id": "custom.cellOptions",
                        "value": ["type": "color-background", "mode": "basic"],
                    ]
                ],
            ]
        ]
    }

    private var options: JSONValue {
        let latest: JSONValue = ["calcs": ["lastNotNull"], "fields": "", "values": false]
        switch kind {
        case .timeseries:
            return [
                "legend": [
                    "displayMode": "table", "placement": "bottom", "showLegend": true,
                    "calcs": ["lastNotNull", "max"],
                ],
                "tooltip": ["mode": "multi", "sort": "desc"],
            ]
        case .stat:
            return [
                "reduceOptions": latest, "colorMode": "value", "graphMode": "none",
                "justifyMode": "auto", "orientation": "auto", "textMode": "auto",
            ]
        case .bargauge:
            return [
                "reduceOptions": latest, "displayMode": "basic", "orientation": "horizontal",
                "showUnfilled": true, "valueMode": "color",
            ]
        case .table: return ["showHeader": true, "cellHeight": "sm"]
        }
    }

    /// Sorts and renames the columns. Grafana would name them after the labels, in an order of its
    /// own, and include the time.
    private var columnOrder: JSONValue {
        let labels = targets.first?.query.labels ?? []
        let order = labels + ["Value"]
        return [
            "id": "organize",
            "options": [
                "excludeByName": ["Time": true],
                "indexByName": .object(
                    order.enumerated().map { JSONMember($1, .integer($0)) }),
                "renameByName": .object(
                    labels.map { JSONMember($0, .string(columns[$0] ?? $0)) }
                        + [JSONMember("Value", .string(valueTitle))]),
            ],
        ]
    }
}
