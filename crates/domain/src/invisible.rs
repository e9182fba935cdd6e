//! Signs that nobody sees: a text of nothing else says nothing.

/// Whether a sign shows as nothing and takes up no room. Most are `Default_Ignorable_Code_Point` of
/// the Unicode character database, those among them that people do send: soft hyphens, joiners,
/// marks for the direction of writing, variation selectors, tags.
#[must_use]
pub fn is_invisible(it: char) -> bool {
    (it.is_control() && !it.is_whitespace())
        || matches!(
            it,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a text has no sign that anybody sees.
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    text.chars().all(|it| it.is_whitespace() || is_invisible(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_says_nothing() {
        for text in ["", " \t\r\n", "\u{200b}\u{202e}", "\u{2800} \u{3164}", "\0", "\u{a0}"] {
            assert!(says_nothing(text), "{text:?}");
        }
        for text in [".", "\u{202e}a", "\u{200b}\u{1f4de}", "\u{e5}"] {
            assert!(!says_nothing(text), "{text:?}");
        }
    }
}
