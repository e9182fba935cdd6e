//! What was written in this repository, as opposed to what was built or installed into it.

use std::fs;
use std::path::{Path, PathBuf};

/// Built, installed or kept by a tool, never written here.
const NOT_OURS: [&str; 4] = [".git", "target", "data", "node_modules"];

/// A text file, named by its path from the top of the repository.
pub(super) struct SourceFile {
    pub(super) path: String,
    pub(super) text: String,
}

/// The top of the repository.
pub(super) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in a folder").into()
}

/// The names in the top folder.
pub(super) fn top_entries() -> Vec<String> {
    entries(&top()).into_iter().map(|(name, _)| name).collect()
}

/// Every text file whose path ends so: `.rs`, `Cargo.toml`, or nothing for all of them.
pub(super) fn files(ending: &str) -> Vec<SourceFile> {
    let mut found = Vec::new();
    collect(&top(), "", ending, &mut found);
    found
}

fn collect(folder: &Path, prefix: &str, ending: &str, found: &mut Vec<SourceFile>) {
    for (name, path) in entries(folder) {
        let below = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{below}/"), ending, found);
        } else if below.ends_with(ending) {
            // What is not text holds nothing that the rules speak of.
            let text = fs::read_to_string(&path).ok();
            found.extend(text.map(|text| SourceFile { path: below, text }));
        }
    }
}

fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .filter(|(name, _)| !NOT_OURS.contains(&name.as_str()))
        .collect();
    entries.sort();
    entries
}

#[test]
fn our_own_files_are_seen_and_no_others() {
    let paths: Vec<String> = files("").into_iter().map(|file| file.path).collect();
    for ours in ["Cargo.toml", "crates/domain/src/lib.rs", "tests/it/tidy/tree.rs"] {
        assert!(paths.iter().any(|path| path == ours), "{ours} is not seen");
    }
    assert!(!paths.iter().any(|path| path.contains("node_modules/")));
}
