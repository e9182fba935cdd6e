//! Texts as they can be laid out. What the typeface cannot show, what would turn the order of
//! letters around, and what no line can hold is made harmless; nothing else is touched.

use serde_json::Value;

use crate::house;

/// Of what stands in one piece, a line and a cell of a table hold so many letters.
const PIECE_MAX: usize = 24;

/// A word of letters alone is parted by the rules of its language up to this length; there are
/// Norwegian ones of thirty letters.
const WORD_MAX: usize = 40;

/// Where a line may be broken: the template sets nothing there.
const BREAK: char = '\u{200b}';

/// Stands where a letter cannot be shown.
const UNSHOWN: char = '□';

/// Every text within, made legible. The names of members are the template's, and stay.
pub(crate) fn of(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(legible(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(of).collect()),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, it)| (name, of(it))).collect())
        }
        other => other,
    }
}

/// A drawing whose words are legible. What it is drawn with is plain letters, and stays.
pub(crate) fn drawing(svg: &str) -> String {
    svg.chars().filter_map(|it| if it.is_ascii() { Some(it) } else { letter(it) }).collect()
}

fn legible(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let letters: Vec<char> = text.chars().filter_map(letter).collect();
    let mut shown = String::with_capacity(text.len());
    for piece in letters.split_inclusive(|it| it.is_whitespace() || *it == '-') {
        let is_word = piece.iter().filter(|it| !it.is_alphabetic()).count() < 3;
        let length_max = if is_word && piece.len() <= WORD_MAX { WORD_MAX } else { PIECE_MAX };
        for (place, letter) in piece.iter().enumerate() {
            if 0 < place && place % length_max == 0 && place + 1 < piece.len() {
                shown.push(BREAK);
            }
            shown.push(*letter);
        }
    }
    shown
}

/// The letter as it is shown; nothing for those that are no letters but orders to whoever shows
/// them.
fn letter(letter: char) -> Option<char> {
    match letter {
        '\n' | ' ' | '\u{a0}' => Some(letter),
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        _ if letter.is_whitespace() => Some(' '),
        // Which way letters run, how they join, where they may be parted: Unicode's Cf.
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => None,
        // For private use: PDF/A-2a takes none, for nobody else knows what they mean.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some(UNSHOWN),
        _ if !letter.is_control() && house::shows(letter) => Some(letter),
        _ => Some(UNSHOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_stay_as_they_are() {
        let text = "Blåbærsyltetøy – § 33, «ÆØÅ», e-post: 4 × 5 ≥ 20 €.\n\nNy linje";
        assert_eq!(legible(text), text);
    }

    #[test]
    fn orders_to_the_reader_are_left_out_and_control_characters_shown_as_such() {
        assert_eq!(legible("a\u{202e}b\u{2066}c\u{feff}\u{200d}d"), "abcd");
        assert_eq!(legible("a\0b\u{1b}[31mc"), "a□b□[31mc");
        assert_eq!(legible("a\r\nb\rc\u{2028}d\te"), "a\nb\nc\nd e");
    }

    #[test]
    fn what_the_typeface_lacks_is_shown_as_missing() {
        assert_eq!(legible("中文 ok 😀"), "□□ ok □");
        // The typeface has something of its own there.
        assert!(house::shows('\u{ee4f}'));
        assert_eq!(legible("\u{ee4f}\u{10cb7f}"), "□□");
        assert!(house::shows(UNSHOWN));
    }

    #[test]
    fn a_word_that_no_line_holds_may_be_broken() {
        let long = "x".repeat(60);
        let parts = |text: &str| legible(text).split(BREAK).map(str::len).collect::<Vec<_>>();
        assert_eq!(parts(&long), [24, 24, 12]);
        assert_eq!(parts(&"a1".repeat(20)), [24, 16]);
        assert_eq!(parts("personopplysningssikkerheten."), [29]);
        assert_eq!(legible(&"ab ".repeat(40)), "ab ".repeat(40));
    }
}
