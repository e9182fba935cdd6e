//! How easily a text is read: a hint for whoever writes it, and no judgement.

/// Letters from which on a word counts as long (Björnsson's LIX).
const LONG_WORD_MIN: usize = 7;

/// Words from which on a sentence is hard to follow.
const LONG_SENTENCE_MIN: usize = 25;

/// From which LIX on a text is heavier than most newspapers.
const HEAVY_MIN: usize = 45;

/// How a text reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hints {
    /// Words in a sentence, and long words in a hundred, taken together: 25 is easy, 60 is law.
    pub lix: usize,
    /// Whether it is heavier than a letter should be.
    pub is_heavy: bool,
    /// The sentences that are hard to follow, by how each begins.
    pub long_sentences: Vec<String>,
}

/// Words of a sentence that are shown of it.
const SHOWN_WORDS: usize = 6;

/// How a text reads; nothing to say of one without words.
#[must_use]
pub fn hints(text: &str) -> Option<Hints> {
    let sentences: Vec<Vec<&str>> = sentences(text);
    let words: Vec<&str> = sentences.iter().flatten().copied().collect();
    if words.is_empty() {
        return None;
    }
    let is_long =
        |word: &&&str| LONG_WORD_MIN <= word.chars().filter(|it| it.is_alphabetic()).count();
    let long = words.iter().filter(is_long).count();
    let lix = words.len() / sentences.len() + 100 * long / words.len();
    let long_sentences = sentences.iter().filter(|it| LONG_SENTENCE_MIN <= it.len());
    let shown = |it: &Vec<&str>| it[..SHOWN_WORDS].join(" ");
    Some(Hints {
        lix,
        is_heavy: HEAVY_MIN <= lix,
        long_sentences: long_sentences.map(shown).collect(),
    })
}

/// The sentences as their words. A line that ends a paragraph or a point of a list ends a sentence
/// too; a full stop within a number or an abbreviation does not.
fn sentences(text: &str) -> Vec<Vec<&str>> {
    let mut sentences: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        let mut sentence: Vec<&str> = Vec::new();
        for word in line.split_whitespace() {
            if word.chars().any(char::is_alphanumeric) {
                sentence.push(word);
            }
            if word.ends_with(['.', '!', '?', ':']) && 3 < word.len() {
                sentences.push(std::mem::take(&mut sentence));
            }
        }
        sentences.push(sentence);
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_has_nothing_to_be_said_of_it() {
        let found = hints("Vi mistet en mobil. Den er slettet nå.\n\nRing oss gjerne.").unwrap();
        assert_eq!(found.long_sentences, Vec::<String>::new());
        assert!(!found.is_heavy && found.lix < 30, "{found:?}");
        assert_eq!(hints(" \n"), None);
    }

    #[test]
    fn a_heavy_text_is_told_with_its_long_sentences() {
        let heavy = "Personopplysningsbruddet medførte konfidensialitetskonsekvenser ".repeat(15);
        let found = hints(&format!("{heavy}.")).unwrap();
        assert!(found.is_heavy, "{found:?}");
        assert_eq!(found.long_sentences.len(), 1);
        assert_eq!(found.long_sentences[0].split(' ').count(), 6);
    }

    #[test]
    fn lix_is_counted_as_its_author_counts_it() {
        // Two sentences, ten words, two of them with more than six letters: 5 + 20.
        let text = "Vi fant boka di igjen. Telefonen ble straks slettet her.";
        assert_eq!(hints(text).unwrap().lix, 25);
    }
}
