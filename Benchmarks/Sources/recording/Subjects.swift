import Instruments

/// The instruments under measurement, with the attributes that the peers were measured with.
struct Subjects: Sendable {
    enum Method: Int, AttributeEnum {
        case get, post, put

        static let attributeKey = "method"
        var attributeValue: String { "\(self)" }
    }

    enum Status: Int, AttributeEnum {
        case ok, failed

        static let attributeKey = "status"
        var attributeValue: String { "\(self)" }
    }

    let boundCounter: @Sendable (Int) -> Void
    let closedCounter: @Sendable (Int) -> Void
    let unnamedCounter: @Sendable (Int) -> Void
    let histogram: @Sendable (Int) -> Void
    let exponential: @Sendable (Int) -> Void
    let preparedSet: @Sendable (Int) -> Void
    let freeAttributes: @Sendable (Int) -> Void
    let stringPairs: @Sendable (Int) -> Void

    init() {
        let meter = MeterProvider().meter("benchmark")
        let counter = meter.counter("counter")
        let bound = counter.bind(Self.attributes("/api/v1/resource/0000"))
        boundCounter = { for _ in 0..<$0 { bound.add(1) } }
        let closed = meter.counter("closed", over: AttributePair<Method, Status>.self)
        closedCounter = { count in
            for index in 0..<count {
                closed.add(1, AttributePair(.post, index & 1 == 0 ? .ok : .failed))
            }
        }
        unnamedCounter = { for _ in 0..<$0 { counter.add(1) } }
        let histogram = meter.histogram("histogram").bind(Self.attributes("/"))
        self.histogram = { count in
            var random: UInt32 = 12345
            for _ in 0..<count {
                random = random &* 1_664_525 &+ 1_013_904_223
                histogram.record(Double(random >> 16) * (1000.0 / 65536.0))
            }
        }
        let adaptive = MeterProvider(histogramAggregation: .exponentialBuckets())
            .meter("benchmark").histogram("exponential").bind(Self.attributes("/"))
        exponential = { count in
            var random: UInt32 = 12345
            for _ in 0..<count {
                random = random &* 1_664_525 &+ 1_013_904_223
                adaptive.record(Double(random >> 16) * (1000.0 / 65536.0))
            }
        }
        let routes = (0..<1000).map {
            "/api/v1/resource/" + String(String(10_000 + $0).dropFirst())
        }
        let sets = routes.map { Self.attributes($0) }
        preparedSet = { count in
            var route = 0
            for _ in 0..<count {
                counter.add(1, sets[route])
                route = route == 999 ? 0 : route + 1
            }
        }
        freeAttributes = { count in
            var route = 0
            for _ in 0..<count {
                counter.add(1) {
                    $0.set("http.request.method", "GET")
                    $0.set("http.route", routes[route])
                    $0.set("http.response.status_code", "200")
                }
                route = route == 999 ? 0 : route + 1
            }
        }
        stringPairs = { count in
            var route = 0
            for _ in 0..<count {
                counter.add(
                    1, "http.request.method", "GET", "http.route", routes[route],
                    "http.response.status_code", "200")
                route = route == 999 ? 0 : route + 1
            }
        }
    }

    private static func attributes(_ route: String) -> AttributeSet {
        [
            "http.request.method": "GET", "http.route": .string(route),
            "http.response.status_code": "200",
        ]
    }
}
