/// "Did you mean": the known word that is closest to an unknown one.
enum NearMiss {
    /// The closest candidate, when it is close enough to be a slip.
    static func of<Words: Sequence>(_ word: String, among candidates: Words) -> String?
    where Words.Element == String {
        let limit = word.count <= 3 ? 1 : word.count <= 8 ? 2 : 3
        var best: (word: String, distance: Int)?
        let letters = Array(word.lowercased().utf8)
        guard letters.count <= 64 else { return nil }
        // Every letter too many or too few is an edit.
        for candidate in candidates where abs(candidate.utf8.count - letters.count) <= limit {
            let distance = distance(letters, Array(candidate.lowercased().utf8))
            if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// The one candidate that a single wrong letter makes of a word of at least five; nil when there are more.
    static func certain<Words: Sequence>(_ word: String, among candidates: Words) -> String?
    where Words.Element == String {
        let letters = Array(word.lowercased().utf8)
        guard letters.count >= 5, letters.count <= 64 else { return nil }
        let near = candidates.filter { distance(letters, Array($0.lowercased().utf8)) <= 1 }
        return near.count == 1 ? near.first : nil
    }

    /// Edits from one word to the other; two letters that changed places count as one.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let cost = left[row] == right[column] ? 0 : 1
                var best = min(previous[column] + cost, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
