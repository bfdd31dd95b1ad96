package import Instruments

extension MeterProvider {
    /// The meter of what the library measures of itself (checklist E).
    package var ownMeter: Meter { meter("otelemitter", version: Version.number) }
}
