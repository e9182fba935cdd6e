//! What a row of the list shows.

use super::*;

#[test]
fn a_summary_is_one_line_that_says_when_it_was_cut() {
    assert_eq!(shortened(" Mistet \n telefon "), "Mistet telefon");
    let whole = "å".repeat(SUMMARY_CHARACTERS_MAX);
    assert_eq!(shortened(&whole), whole);
    for more in ["å", " å", " å å"] {
        let cut = shortened(&format!("{whole}{more}"));
        assert_eq!(cut.chars().count(), SUMMARY_CHARACTERS_MAX);
        assert!(cut.ends_with('…'), "{cut}");
    }
    assert_eq!(shortened(&format!("{} å", "å".repeat(118))), format!("{} å", "å".repeat(118)));
}
