import Instruments

/// Observable instruments, and callbacks that do what callbacks should not.
enum FuzzObservables {
    static let entries: [FuzzEntry] = [
        FuzzEntry(
            "Meter.observableCounter", "Meter.observableUpDownCounter", "Meter.observableGauge",
            "Observer.observe", "ObservableInstrument.isEnabled"
        ) { world, extremes in
            let values = extremes.list(upTo: 5) { ($0.int(), $0.double(), $0.set()) }
            let name = extremes.text()
            let counter = world.meter.observableCounter(
                name, unit: extremes.text(), description: extremes.text(),
                keeping: extremes.optional { $0.keys() }, of: Int.self
            ) { observer in
                for value in values { observer.observe(value.0, value.2) }
            }
            let sum = world.meter.observableUpDownCounter(
                name, unit: extremes.text(), keeping: extremes.optional { $0.keys() },
                of: Double.self
            ) { observer in
                for value in values { observer.observe(value.1, value.2) }
            }
            let gauge = world.meter.observableGauge(name, of: Double.self) { observer in
                for value in values { observer.observe(value.1, value.2) }
                observer.observe(.nan)
            }
            Sink.take([counter.isEnabled, sum.isEnabled, gauge.isEnabled].count { $0 })
        },
        FuzzEntry(
            "ObservableInstrument.addCallback", "Meter.addCallback", "MultiObserver.observe",
            "CallbackRegistration.cancel"
        ) { world, extremes in
            let counter = world.meter.observableCounter(extremes.text(), of: Int.self)
            let gauge = world.meter.observableGauge(extremes.text(), of: Double.self)
            let other = world.meter.observableGauge("another", of: Double.self)
            let (int, double, set) = (extremes.int(), extremes.double(), extremes.set())
            world.registrations.append(
                world.meter.addCallback(for: counter, gauge) { observer in
                    observer.observe(int, counter, set)
                    observer.observe(double, gauge, set)
                    // Not one of those that the callback was registered for.
                    observer.observe(double, other)
                })
            world.registrations.append(counter.addCallback { $0.observe(int, set) })
            if extremes.oneIn(2) { extremes.pick(world.registrations).cancel() }
            if world.registrations.count > 20 { world.registrations.removeFirst().cancel() }
        },
        FuzzEntry("MeterProvider.collect", "CallbackRegistration.cancel") { world, extremes in
            let gauge = world.meter.observableGauge(extremes.text(), of: Int.self)
            let meter = world.meter
            let (name, value, set) = (extremes.text(), extremes.int(), extremes.set())
            let isGreedy = extremes.oneIn(3)
            let registration = gauge.addCallback { [weak provider = world.provider] observer in
                // Registers, records, cancels and collects within a collection.
                let inner = gauge.addCallback { $0.observe(value, set) }
                meter.counter(name).add(value, set)
                if isGreedy { Sink.take(provider?.collect().pointCount ?? 0) }
                observer.observe(value)
                inner.cancel()
                inner.cancel()
            }
            Sink.take(world.collect().pointCount)
            registration.cancel()
            registration.cancel()
        },
    ]
}
