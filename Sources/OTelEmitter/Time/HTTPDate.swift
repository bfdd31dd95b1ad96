/// Parses dates of HTTP headers, in all three forms that recipients have to accept (RFC 9110,
/// section 5.6.7).
package enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    /// A two-digit year is in this century, unless it would be more than 50 years in the future.
    private static let century: Int64 = 2000

    /// Seconds since 1970 in UTC, or nil if the text is not a date or the day does not exist.
    package static func seconds(_ text: String) -> Int64? {
        let words = text.split { $0 == " " || $0 == "," }
        switch words.count {
        case 6 where words[5] == "GMT":  // Sun, 06 Nov 1994 08:49:37 GMT
            return seconds(day: words[1], month: words[2], year: words[3], time: words[4])
        case 4 where words[3] == "GMT":  // Sunday, 06-Nov-94 08:49:37 GMT
            let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard date.count == 3, date[2].count == 2 else { return nil }
            return seconds(day: date[0], month: date[1], year: date[2], time: words[2])
        case 5:  // Sun Nov  6 08:49:37 1994
            return seconds(day: words[2], month: words[1], year: words[4], time: words[3])
        default:
            return nil
        }
    }

    private static func seconds(
        day: Substring, month: Substring, year: Substring, time: Substring
    ) -> Int64? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false).map(number)
        guard let day = number(day), let month = months.firstIndex(of: String(month)),
            let year = number(year), clock.count == 3,
            let hour = clock[0], let minute = clock[1], let second = clock[2]
        else { return nil }
        let fullYear = year < 100 ? century + year - (year > 76 ? 100 : 0) : year
        return CivilDate.seconds(
            year: fullYear, month: Int64(month) + 1, day: day, hour: hour, minute: minute,
            second: second)
    }

    /// Accepts one to four digits and nothing else.
    private static func number(_ text: Substring) -> Int64? {
        guard (1...4).contains(text.utf8.count), text.hasOnlyDigits else { return nil }
        return Int64(text)
    }
}
