//! The keys of a Fluent file: its messages, terms and attributes.

/// Every key in its order: `title`, `-organisation`, `field.hint`.
pub(super) fn fluent_keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut message = "";
    for (name, _) in text.lines().filter_map(|line| line.split_once('=')) {
        let name = name.trim_end();
        if let Some(attribute) = name.trim_start().strip_prefix('.') {
            keys.push(format!("{message}.{attribute}"));
        } else if name.starts_with(|it: char| it == '-' || it.is_ascii_alphabetic()) {
            message = name;
            keys.push(name.to_owned());
        }
    }
    keys
}

#[test]
fn messages_terms_and_attributes_are_keys() {
    let text = "\
# The title = not a key
-organisation = Kommunen
title = Meld avvik
    under a = b
field =
    .label = Hva har skjedd?
    .hint = { $count ->
        [one] ett = 1
       *[other] flere
    }
";
    let expected = ["-organisation", "title", "field", "field.label", "field.hint"];
    assert_eq!(fluent_keys(text), expected);
}
