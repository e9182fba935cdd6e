//! The rules of the house that no compiler checks, each with what to do about a breach.

mod fluent_keys;
mod identity_number;
mod named_paths;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use toml::Table;

use self::tree::SourceFile;

/// Everything of ours that can be imported.
const ALL: [&str; 7] = ["domain", "views", "documents", "journal", "channels", "service", "web"];

/// Which of our crates each may import, as docs/ARCHITECTURE.md draws it.
const IMPORTS: [(&str, &[&str]); 9] = [
    ("crates/domain", &[]),
    ("crates/views", &["domain"]),
    ("crates/documents", &["domain", "views"]),
    ("crates/journal", &["domain"]),
    ("crates/channels", &[]),
    ("crates/service", &["domain", "views", "documents", "journal", "channels"]),
    ("crates/web", &["domain", "views", "documents", "service"]),
    ("crates/avvik", &ALL),
    ("tests", &ALL),
];

/// The crates that decide and fold, and the little of others' that they may know: nothing that
/// reads a disk, a clock or a network, or speaks a language.
const PURE: [&str; 2] = ["crates/domain", "crates/views"];
/// Time zones are tables: which local day an instant falls on is arithmetic.
const PURE_MAY_USE: [&str; 6] = ["chrono", "chrono-tz", "domain", "serde", "strum", "uuid"];

const FILE_LINES_MAX: usize = 400;
const LINE_COLUMNS_MAX: usize = 100;

/// What may lie in the top folder, beside files whose names begin with a dot.
const TOP: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "Makefile",
    "README.md",
    "clippy.toml",
    "config",
    "crates",
    "docs",
    "rustfmt.toml",
    "tests",
];

/// The only file that reads the time.
const CLOCK: &str = "crates/service/src/clock.rs";

/// The manifest of a workspace of its own, which takes its versions from nobody.
const FUZZ_TARGETS: &str = "crates/journal/fuzz/Cargo.toml";

/// This file and its parts, which must name what they forbid.
const TIDY: &str = "tests/it/tidy";

/// Fails with every breach on a line of its own, after what to do about them.
#[track_caller]
fn hold(what_to_do: &str, breaches: impl IntoIterator<Item = String>) {
    let breaches: Vec<String> = breaches.into_iter().collect();
    assert!(breaches.is_empty(), "{what_to_do}:\n  {}\n", breaches.join("\n  "));
}

/// The lines of all Rust files that break a rule, with the place of each.
fn rust_lines(breaks: impl Fn(&SourceFile, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in tree::files(".rs").iter().filter(|it| !it.path.starts_with(TIDY)) {
        let lines = (1..).zip(file.text.lines()).filter(|(_, line)| breaks(file, line));
        found
            .extend(lines.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())));
    }
    found
}

/// The manifest of every crate in the workspace, by its folder.
fn manifests() -> BTreeMap<String, Table> {
    let files = tree::files("/Cargo.toml").into_iter().filter(|file| file.path != FUZZ_TARGETS);
    let members = files.map(|file| {
        let folder = file.path.trim_end_matches("/Cargo.toml").to_owned();
        (folder, file.text.parse().expect("Cargo has read the manifest before us"))
    });
    members.collect()
}

/// What a crate needs outside its tests: the names and how each is asked for.
fn dependencies(manifest: &Table) -> Vec<(&String, &toml::Value)> {
    let for_targets = manifest.get("target").and_then(toml::Value::as_table);
    let tables = for_targets.into_iter().flat_map(Table::values).filter_map(toml::Value::as_table);
    tables
        .chain([manifest])
        .flat_map(|table| [table.get("dependencies"), table.get("build-dependencies")])
        .filter_map(|section| section?.as_table())
        .flatten()
        .collect()
}

#[test]
fn imports_follow_the_table() {
    let table = BTreeMap::from(IMPORTS);
    let mut breaches = Vec::new();
    for (folder, manifest) in &manifests() {
        let Some(allowed) = table.get(folder.as_str()) else {
            breaches.push(format!("{folder} is not in the table"));
            continue;
        };
        let ours = dependencies(manifest).into_iter().map(|(name, _)| name.as_str());
        let forbidden = ours.filter(|name| ALL.contains(name) && !allowed.contains(name));
        breaches.extend(forbidden.map(|name| format!("{folder} imports {name}")));
    }
    hold("Move the code to where it belongs, or change the table here and in the docs", breaches);
}

#[test]
fn the_core_knows_no_disk_clock_or_network() {
    let manifests = manifests();
    let breaches = PURE.iter().flat_map(|folder| {
        dependencies(&manifests[*folder])
            .into_iter()
            .filter(|(name, _)| !PURE_MAY_USE.contains(&name.as_str()))
            .map(move |(name, _)| format!("{folder} uses {name}"))
    });
    hold("Do it in the service and hand the core its result", breaches);
}

#[test]
fn versions_stand_in_one_place() {
    let manifests = manifests();
    let breaches = manifests.iter().flat_map(|(folder, manifest)| {
        dependencies(manifest)
            .into_iter()
            .filter(|(_, how)| how.get("workspace").is_none())
            .map(move |(name, _)| format!("{folder}: {name}"))
    });
    hold("Write the version in Cargo.toml at the top and `workspace = true` here", breaches);
}

#[test]
fn locks_name_the_public_registries_alone() {
    const CRATES_IO: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let cargo = tree::files("Cargo.lock");
    let npm = tree::files("package-lock.json");
    let foreign_crates = cargo.iter().flat_map(|lock| {
        lock.text.lines().filter(|line| line.starts_with("source = ") && *line != CRATES_IO)
    });
    // Without an address npm asks the registry it is set to; the checksum holds in any case.
    let fixed_addresses =
        npm.iter().flat_map(|lock| lock.text.lines().filter(|line| line.contains("\"resolved\"")));
    let breaches = foreign_crates.chain(fixed_addresses).map(|line| line.trim().to_owned());
    hold("Take it from crates.io or npm; for npm, run it where .npmrc lies", breaches);
}

/// The fuzz targets have a lock of their own, which nothing that is built every day asks for.
#[test]
fn the_lock_of_the_fuzz_targets_knows_what_our_crates_rest_on() {
    let lock: Table = tree::files("crates/journal/fuzz/Cargo.lock")[0].text.parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let locked = packages.iter().filter(|it| it.get("source").is_none());
    let breaches = locked.flat_map(|package| {
        let name = package["name"].as_str().unwrap().to_owned();
        // Where there are several of a name, the version follows it.
        let known = package["dependencies"].as_array().unwrap().iter();
        let known: BTreeSet<String> =
            known.filter_map(|it| it.as_str()?.split(' ').next().map(str::to_owned)).collect();
        let manifest = manifests().remove(&format!("crates/{name}")).unwrap_or_default();
        let needed: Vec<String> =
            dependencies(&manifest).into_iter().map(|it| it.0.clone()).collect();
        let is_missing = move |it: &String| !known.contains(it);
        needed.into_iter().filter(is_missing).map(move |it| format!("{name} rests on {it}"))
    });
    hold("Run cargo metadata in crates/journal/fuzz and keep the lock it writes", breaches);
}

#[test]
fn a_file_fits_a_reading() {
    let files = tree::files(".rs").into_iter().map(|file| (file.text.lines().count(), file.path));
    let breaches = files
        .filter(|(lines, _)| FILE_LINES_MAX < *lines)
        .map(|(lines, path)| format!("{path}: {lines} lines"));
    hold("Split the file by subject; 400 lines are the most", breaches);
}

#[test]
fn a_line_fits_the_screen() {
    let breaches = rust_lines(|_, line| LINE_COLUMNS_MAX < line.chars().count());
    hold("Break the line; 100 columns are the most", breaches);
}

#[test]
fn every_file_says_what_it_is_for() {
    let files = tree::files(".rs").into_iter();
    let breaches = files.filter(|file| !file.text.starts_with("//! ")).map(|file| file.path);
    hold("Begin the file with a sentence on what it is for: `//! …`", breaches);
}

#[test]
fn nothing_is_left_for_later() {
    const UNFINISHED: [&str; 8] = [
        "#[ignore",
        "#[should_panic",
        "todo!(",
        "unimplemented!(",
        "dbg!(",
        "TODO",
        "FIXME",
        "XXX",
    ];
    let breaches = rust_lines(|_, line| UNFINISHED.iter().any(|word| line.contains(word)));
    hold("Finish it or leave it out", breaches);
}

#[test]
fn the_clock_is_read_in_one_place() {
    let breaches = rust_lines(|file, line| {
        let reads =
            ["SystemTime::now", "Utc::now", "Local::now"].iter().any(|it| line.contains(it));
        let comment = line.trim_start().starts_with("//");
        // A test may, where it tells clippy why.
        let test = file.path.starts_with("tests/") || file.path.contains("/tests/");
        let excused = test && file.text.contains("expect(clippy::disallowed_methods");
        reads && !comment && file.path != CLOCK && !excused
    });
    hold("Take the time as an argument; only the service's clock.rs reads it", breaches);
}

#[test]
fn documents_name_paths_that_exist() {
    let names: BTreeSet<String> = tree::files(".rs")
        .into_iter()
        .filter_map(|file| Some(file.path.rsplit_once('/')?.1.to_owned()))
        .collect();
    let mut breaches = Vec::new();
    for SourceFile { path: document, text } in tree::files(".md") {
        for path in named_paths::named_paths(&text) {
            let there = names.contains(path)
                || named_paths::places(path, &document)
                    .iter()
                    .any(|it| tree::top().join(it).exists());
            if !there {
                breaches.push(format!("{document}: {path}"));
            }
        }
    }
    hold("Name the path where it is now", breaches);
}

#[test]
fn no_identity_number_could_belong_to_a_person() {
    let breaches = tree::files("").into_iter().flat_map(|SourceFile { path, text }| {
        let numbers = identity_number::real_ones(&text).into_iter();
        // The number itself is not repeated: this line ends up in logs.
        numbers.map(move |number| format!("{path}: {}*****", &number[..6]))
    });
    hold("Use a synthetic number: 80 added to the month", breaches);
}

#[test]
fn all_languages_say_the_same_things() {
    let mut languages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in tree::files(".ftl") {
        let inside = file.path.split_once("/locales/").map(|(_, inside)| inside);
        let (language, _) = inside
            .and_then(|inside| inside.split_once('/'))
            .expect("texts lie in locales/<language>/");
        let keys = fluent_keys::fluent_keys(&file.text);
        languages.entry(language.to_owned()).or_default().extend(keys);
    }
    let all: BTreeSet<&String> = languages.values().flatten().collect();
    let mut breaches = Vec::new();
    for (language, keys) in &languages {
        let lacking = all.iter().filter(|key| !keys.contains(key));
        breaches.extend(lacking.map(|key| format!("{language} lacks {key}")));
        let twice = (1..).zip(keys).filter(|(place, key)| keys[*place..].contains(key));
        breaches.extend(twice.map(|(_, key)| format!("{language} says it twice: {key}")));
    }
    hold("Say everything once in every language", breaches);
}

#[test]
fn nothing_lies_about_at_the_top() {
    let names = tree::top_entries().into_iter();
    let breaches = names.filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str()));
    hold("Put it where it belongs: config, crates, docs or tests", breaches);
}
