//! Where certain words stand in a text, whatever their case and the white space between them.

use std::ops::Range;

/// A name of fewer characters than this says nothing by itself: "Li" begins half the words.
const NAME_CHARACTERS_MIN: usize = 3;

/// Where somebody's name stands: as it is written, with the last name first, or the last name
/// alone, also with the ending of the genitive.
pub(super) fn places_of_person(text: &str, name: &str) -> Vec<Range<usize>> {
    let words = words(name);
    let parts: Vec<&str> = words.iter().map(|it| it.lower.as_str()).collect();
    let Some((last, first)) = parts.split_last() else { return Vec::new() };
    let mut wanted = vec![parts.clone()];
    if !first.is_empty() {
        wanted.push(std::iter::once(*last).chain(first.iter().copied()).collect());
        wanted.push(vec![first[0], *last]);
    }
    if NAME_CHARACTERS_MIN <= last.chars().count() {
        wanted.push(vec![*last]);
    }
    let found: Vec<Range<usize>> =
        wanted.iter().flat_map(|wanted| standing_in(text, wanted, true)).collect();
    // Of a whole name and the last name in it, the whole name is what was found.
    let is_within = |it: &Range<usize>, other: &Range<usize>| {
        it != other && other.start <= it.start && it.end <= other.end
    };
    let whole = found.iter().filter(|it| !found.iter().any(|other| is_within(it, other)));
    whole.cloned().collect()
}

/// Where these words stand, one behind the other.
pub(super) fn places(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let words = words(wanted);
    let wanted: Vec<&str> = words.iter().map(|it| it.lower.as_str()).collect();
    standing_in(text, &wanted, false)
}

struct Word {
    lower: String,
    at: Range<usize>,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_going_on = false;
    for (at, it) in text.char_indices() {
        if !it.is_alphanumeric() {
            is_going_on = false;
            continue;
        }
        if !is_going_on {
            words.push(Word { lower: String::new(), at: at..at });
            is_going_on = true;
        }
        let word = words.last_mut().expect("one was begun");
        word.lower.extend(it.to_lowercase());
        word.at.end = at + it.len_utf8();
    }
    words
}

fn standing_in(text: &str, wanted: &[&str], is_name: bool) -> Vec<Range<usize>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let is_word = |word: &Word, wanted: &str, is_last: bool| {
        let genitive = || word.lower.strip_suffix('s') == Some(wanted);
        word.lower == wanted || (is_name && is_last && genitive())
    };
    let is_so = |window: &&[Word]| {
        let last = wanted.len() - 1;
        window
            .iter()
            .zip(wanted)
            .enumerate()
            .all(|(at, (word, wanted))| is_word(word, wanted, at == last))
    };
    let words = words(text);
    let place = |window: &[Word]| window[0].at.start..window[window.len() - 1].at.end;
    words.windows(wanted.len()).filter(is_so).map(place).collect()
}
