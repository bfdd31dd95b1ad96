/// The provider of the process, for libraries that nobody hands one.
extension MeterProvider {
    /// The process's default provider.
    ///
    ///     MeterProvider.global = emitter.meterProvider
    ///
    /// Until one is set it is a disabled provider: instruments made from it do nothing, and stay so
    /// after another is set. So set it at the very start, before a library asks. A provider that is
    /// passed on is better still: tests and libraries then share no state. Reading it costs a
    /// lock that is hardly ever contended; safe from any thread.
    /// Specification: metrics API, *MeterProvider*.
    public static var global: MeterProvider {
        get { globalProvider.withLock { $0 } ?? disabledProvider }
        set {
            let former = globalProvider.withLock { provider in
                defer { provider = newValue }
                return provider
            }
            // Its end is the host's code, so it may come only here, outside the lock.
            withExtendedLifetime(former) {}
        }
    }
}

private let globalProvider = FirstTouchLock<MeterProvider?>(nil)
private let disabledProvider = MeterProvider(isMeterEnabled: { _ in false })
