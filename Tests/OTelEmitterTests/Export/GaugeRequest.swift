/// Requests with gauges of some names.
enum GaugeRequest {
    /// Each metric with so many data points; their values count all points.
    static func body(_ metrics: [(name: String, points: Int)]) -> [UInt8] {
        var number = 0
        let list = metrics.map { metric in
            let points = (0..<metric.points).map { _ in
                defer { number += 1 }
                return "{\"timeUnixNano\":\"1\",\"asInt\":\"\(number)\"}"
            }.joined(separator: ",")
            return "{\"name\":\"\(metric.name)\",\"gauge\":{\"dataPoints\":[\(points)]}}"
        }.joined(separator: ",")
        return Array(
            ("{\"resourceMetrics\":[{\"resource\":{},\"scopeMetrics\":[{\"scope\":{\"name\":\"s\"},"
                + "\"metrics\":[\(list)]}]}]}").utf8)
    }

    /// The values of a request's data points.
    static func values(in request: [UInt8]) -> [Int] {
        String(decoding: request, as: UTF8.self).split(separator: "\"asInt\":\"").dropFirst()
            .compactMap { Int($0.prefix { $0.isNumber }) }
    }
}
