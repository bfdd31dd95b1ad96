/// A validator's place in the mesh: its number, its listening socket and the ports of all
/// validators.
struct ValidatorSeat: Sendable {
    let index: Int
    let listener: OwnedDescriptor
    let ports: [UInt16]

    /// Makes a seat for each running validator, on ports that the kernel chooses. The sockets of
    /// the stopped validators are closed when this returns.
    static func make(count: Int, running: Int) throws(SystemCallError) -> [ValidatorSeat] {
        var listeners: [(socket: OwnedDescriptor, port: UInt16)] = []
        for _ in 0..<count { listeners.append(try LoopbackSocket.listen(port: 0)) }
        let ports = listeners.map(\.port)
        return listeners.prefix(running).enumerated().map { index, listener in
            ValidatorSeat(index: index, listener: listener.socket, ports: ports)
        }
    }

    /// Whether the other end of a connection may introduce itself as this validator. A dialled
    /// connection has to lead to the validator that was dialled, and only validators after this
    /// seat dial it.
    func mayGreet(_ validator: Int, dialled: Int?) -> Bool {
        if let dialled { return validator == dialled }
        return validator > index && validator < ports.count
    }
}
