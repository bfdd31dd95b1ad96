import Foundation
import TestSupport

/// A database's HTTP API of Prometheus.
struct QueryAPI: Sendable {
    /// One series' value at a time.
    struct Sample {
        /// The name is the label `__name__`.
        var labels: [String: String]
        let value: Double
    }

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    let name: String
    let port: UInt16

    var address: String { "http://127.0.0.1:\(port)" }

    /// What an expression gives.
    ///
    /// - Parameter time: in seconds since 1970; nil: now.
    func query(_ expression: String, at time: Double? = nil) throws -> [Sample] {
        let moment = time.map { "&time=\($0)" } ?? ""
        let data = try get("query?query=\(LoopbackHTTP.escaped(expression))\(moment)")
        let result = (data as? [String: Any])?["result"]
        // A number and a text have one pair of time and value, and no labels.
        if let pair = result as? [Any], let value = try value(pair) {
            return [Sample(labels: [:], value: value)]
        }
        return try (result as? [[String: Any]] ?? []).map { series in
            guard let labels = series["metric"] as? [String: String],
                let pair = series["value"] as? [Any], let value = try value(pair)
            else { throw Refused(description: "\(name): a series without labels or value") }
            return Sample(labels: labels, value: value)
        }
    }

    /// What an address below `/api/v1/` has as its data.
    func get(_ target: String) throws -> Any? {
        let answer = try LoopbackHTTP.get("/api/v1/\(target)", port: port)
        let document = try? JSONSerialization.jsonObject(with: Data(answer.body))
        guard answer.status == 200, let object = document as? [String: Any],
            object["status"] as? String == "success"
        else { throw Refused(description: "\(name): \(answer.status) \(answer.text)") }
        return object["data"]
    }

    private func value(_ pair: [Any]) throws -> Double? {
        guard pair.count == 2, pair[0] is NSNumber, let text = pair[1] as? String
        else { return nil }
        guard let value = Double(text) else { throw Refused(description: "\(name): '\(text)'") }
        return value
    }
}
