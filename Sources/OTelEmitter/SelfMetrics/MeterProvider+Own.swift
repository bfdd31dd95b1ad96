package import Instruments

extension MeterProvider {
    /// The meter of what the library measures of itself (checklist E).
    package var ownMeter: Meter { meter(OwnMetric.scope.name, version: OwnMetric.scope.version) }
}
