internal import JSONText

/// Places panels in Grafana's grid: from left to right, and in a new line when there is no more
/// room. All panels of a line are as high as the highest one.
struct Grid {
    static let columns = 24

    private(set) var placed: [JSONValue] = []
    /// The top of the next line.
    private var top = 0

    mutating func place(_ section: Section) throws(QueryProblem) {
        placed.append([
            "id": .integer(placed.count + 1),
            "type": "row",
            "title": .string(section.title),
            "collapsed": false,
            "gridPos": ["h": 1, "w": .integer(Self.columns), "x": 0, "y": .integer(top)],
            "panels": [],
        ])
        top += 1
        var line: [Panel] = []
        for panel in section.panels {
            if line.map(\.width).reduce(panel.width, +) > Self.columns {
                try place(line)
                line = []
            }
            line.append(panel)
        }
        try place(line)
    }

    private mutating func place(_ line: [Panel]) throws(QueryProblem) {
        let height = line.map(\.height).max() ?? 0
        var column = 0
        for panel in line {
            let place = Place(column: column, top: top, width: panel.width, height: height)
            placed.append(try panel.json(id: placed.count + 1, place))
            column += panel.width
        }
        top += height
    }
}

/// The place of a panel, in columns and in Grafana's units of height.
struct Place: Equatable {
    var column = 0
    var top = 0
    var width = 12
    var height = 8

    var json: JSONValue {
        [
            "h": .integer(height), "w": .integer(width), "x": .integer(column),
            "y": .integer(top),
        ]
    }
}
