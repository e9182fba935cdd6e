//! The paths that a document names.

/// Folders at the top whose names begin a path in a document.
const TOP_FOLDERS: [&str; 6] = ["crates", "config", "docs", "tests", ".ci", ".cargo"];

/// Endings that make a word with a slash a path.
const ENDINGS: [&str; 9] = ["rs", "toml", "md", "html", "ftl", "css", "mjs", "json", "py"];

/// What the document says exists: in `backticks` outside code blocks, and as targets of links.
/// Of a path with a placeholder (`pages/<noun>.rs`) only the folder before it counts.
pub(super) fn named_paths(document: &str) -> Vec<&str> {
    let mut in_block = false;
    let mut paths = Vec::new();
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            paths.extend(line.split('`').skip(1).step_by(2).filter_map(path_in));
            paths.extend(line.split("](").skip(1).filter_map(link_target));
        }
    }
    paths
}

/// Where the path may lie, seen from the top: as it stands, beside the document, or in the crate
/// that it begins with (`domain/deadline.rs`).
pub(super) fn places(path: &str, document: &str) -> Vec<String> {
    let beside =
        document.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut places = vec![path.to_owned(), format!("{beside}{path}")];
    if let Some((first, rest)) = path.split_once('/') {
        places.push(format!("crates/{first}/src/{rest}"));
        places.push(format!("crates/{first}/{rest}"));
    }
    places
}

fn path_in(word: &str) -> Option<&str> {
    let word = match word.find(['<', '*', '{', '…']) {
        Some(placeholder) => &word[..=word[..placeholder].rfind('/')?],
        None => word,
    };
    // `deadline.rs:42` names a line, which is none of our business.
    let word = word.split(':').next()?.trim_end_matches('/');
    let first = word.split('/').next()?;
    let ending = word.rsplit_once('.').map_or("", |(_, ending)| ending);
    let below_top = word.contains('/') && TOP_FOLDERS.contains(&first);
    let other = word.starts_with('/') || word.contains(char::is_whitespace);
    let built = ["target", "data"].contains(&first);
    let short = ENDINGS.contains(&ending) && word.contains('/') && !built;
    let path = below_top || ending == "rs" || short;
    (path && !other).then_some(word)
}

fn link_target(after_bracket: &str) -> Option<&str> {
    let target = after_bracket.split(')').next()?.split('#').next()?;
    (!target.is_empty() && !target.contains(':')).then_some(target)
}

#[test]
fn paths_are_told_from_other_words() {
    let document = "
        The rule is `crates/domain/src/deadline.rs:12`, in short `domain/deadline.rs`; see
        [the record](decisions/0001-events.md#why) and `crates/web/templates/<noun>.html`,
        `config/`, `evolve.rs`. Not paths: `GET /api/openapi.json`, `/readyz`, `text/html`,
        `target/debug/avvik`, `cargo run`, [home](https://example.org/a.md), `decide/<noun>.rs`.
        ```
        `gone/from/here.rs`
        ```";
    let mut found = named_paths(document);
    found.sort_unstable();
    let expected = [
        "crates/domain/src/deadline.rs",
        "crates/web/templates",
        "decisions/0001-events.md",
        "domain/deadline.rs",
        "evolve.rs",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_short_path_is_looked_for_in_its_crate_and_beside_the_document() {
    let places = places("domain/deadline.rs", "docs/ARCHITECTURE.md");
    let expected = [
        "domain/deadline.rs",
        "docs/domain/deadline.rs",
        "crates/domain/src/deadline.rs",
        "crates/domain/deadline.rs",
    ];
    assert_eq!(places, expected);
}
