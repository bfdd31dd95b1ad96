internal import JSONText

/// Panels under one heading.
struct Section {
    let title: String
    let panels: [Panel]

    init(_ title: String, _ panels: Panel...) {
        self.title = title
        self.panels = panels
    }
}

/// Places panels from left to right, and below where there is no room, in Grafana's grid.
struct Grid {
    static let columns = 24
    private(set) var placed: [JSONValue] = []
    private var line = 0
    private var column = 0
    private var rowHeight = 0

    mutating func place(_ section: Section) throws(QueryProblem) {
        finishRow()
        placed.append([
            "id": .integer(placed.count + 1),
            "type": "row",
            "title": .string(section.title),
            "collapsed": false,
            "gridPos": ["h": 1, "w": .integer(Self.columns), "x": 0, "y": .integer(line)],
            "panels": [],
        ])
        line += 1
        for panel in section.panels {
            if column + panel.width > Self.columns { finishRow() }
            placed.append(try panel.json(id: placed.count + 1, column: column, line: line))
            column += panel.width
            rowHeight = max(rowHeight, panel.height)
        }
    }

    private mutating func finishRow() {
        line += rowHeight
        column = 0
        rowHeight = 0
    }
}
