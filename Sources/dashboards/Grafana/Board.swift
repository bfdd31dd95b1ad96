internal import Instruments
internal import JSONText

/// A dashboard.
struct Board {
    /// The name of its file and, with a prefix, its `uid`. Links to the dashboard work as long as
    /// this name stays.
    let name: String
    let title: String
    let description: String
    /// A metric that every instance has. The reader chooses from its instances.
    let instances: InstrumentDefinition
    let sections: [Section]

    /// The data source that the reader has chosen.
    static let datasource: JSONValue = ["type": "prometheus", "uid": "${datasource}"]

    private static let commonTag = "otel-emitter"

    func json() throws(QueryProblem) -> JSONValue {
        var grid = Grid()
        for section in sections { try grid.place(section) }
        return [
            "id": nil,
            "uid": .string("rpp-\(name)"),
            "title": .string(title),
            "description": .string(description),
            "tags": .strings([Self.commonTag, "rpp"]),
            "schemaVersion": 39,
            "version": 1,
            "editable": true,
            "graphTooltip": 1,
            "timezone": "browser",
            "time": ["from": "now-3h", "to": "now"],
            "refresh": "1m",
            "annotations": ["list": []],
            "links": [Self.links],
            "templating": ["list": [Self.datasourceVariable, instanceVariable]],
            "panels": .array(grid.placed),
        ]
    }

    /// A menu of the other dashboards.
    private static let links: JSONValue = [
        "type": "dashboards",
        "title": "Other dashboards",
        "tags": .strings([commonTag]),
        "asDropdown": true,
        "includeVars": true,
        "keepTime": true,
    ]

    private static let datasourceVariable: JSONValue = [
        "name": "datasource",
        "label": "Data source",
        "type": "datasource",
        "query": "prometheus",
        "multi": false,
        "includeAll": false,
        "hide": 0,
        "refresh": 1,
        "regex": "",
        "options": [],
        "current": [:],
    ]

    private var instanceVariable: JSONValue {
        let query = "label_values(\(instances.prometheusName), instance)"
        return [
            "name": "instance",
            "label": "Instance",
            "type": "query",
            "datasource": Self.datasource,
            "definition": .string(query),
            "query": ["query": .string(query), "refId": "StandardVariableQuery"],
            "multi": true,
            "includeAll": true,
            "allValue": ".*",
            "hide": 0,
            "refresh": 2,
            "regex": "",
            "sort": 1,
            "options": [],
            "current": ["selected": true, "text": ["All"], "value": ["$__all"]],
        ]
    }
}
