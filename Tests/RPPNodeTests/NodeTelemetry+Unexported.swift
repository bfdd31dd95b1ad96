import Instruments
import RPPTelemetry

extension NodeTelemetry {
    /// Telemetry that nobody collects.
    static func unexported() -> NodeTelemetry {
        NodeTelemetry(provider: MeterProvider(), nodeID: "unexported")
    }
}
