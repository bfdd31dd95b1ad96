/// The time that a rate or an average goes back over.
enum Window: Equatable {
    /// As long as it takes at the dashboard's resolution and the data source's interval.
    case panel
    /// All that the dashboard shows.
    case shown
    case minutes(Int)

    var text: String {
        switch self {
        case .panel: "$__rate_interval"
        case .shown: "$__range"
        case .minutes(let minutes) where minutes.isMultiple(of: 60): "\(minutes / 60)h"
        case .minutes(let minutes): "\(minutes)m"
        }
    }

    /// Rules know no variables.
    var isVariable: Bool { self == .panel || self == .shown }
}
