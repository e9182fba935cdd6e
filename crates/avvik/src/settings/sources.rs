//! Where settings come from: a file, then variables, then flags; the later wins.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::problem::{Origin, Problem, SettingsError};
use super::value::Value;

/// Read when no settings file is named, where it exists.
const STANDARD_FILE: &str = "config/avvik.toml";

/// What every variable of ours begins with.
pub(super) const PREFIX: &str = "AVVIK_";

/// Variables that begin as ours do and are read elsewhere: by the command line, by tests, or put
/// there by Kubernetes for a service called `avvik`.
const ELSEWHERE: [&str; 4] = ["AVVIK_CONFIG", "AVVIK_PORT", "AVVIK_SERVICE_HOST", "AVVIK_TEST"];
const ELSEWHERE_PREFIXES: [&str; 3] = ["AVVIK_PORT_", "AVVIK_SERVICE_PORT", "AVVIK_TEST_"];

/// Everything that was said about the settings, in the order of its weight.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The settings file: its name and its text.
    pub(super) file: Option<(PathBuf, String)>,
    /// Variables whose names begin with [`PREFIX`].
    pub(super) variables: Vec<(String, Value)>,
    /// Flags.
    pub(super) flags: Vec<Flag>,
}

/// A setting given on the command line.
#[derive(Debug)]
pub(super) struct Flag {
    /// What it is called there, such as `--listen`.
    pub(super) name: &'static str,
    /// The table of the setting.
    pub(super) table: &'static str,
    /// Its key in the table.
    pub(super) key: &'static str,
    /// What it says.
    pub(super) value: Value,
}

/// One value of one setting.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) table: String,
    pub(super) key: String,
    pub(super) origin: Origin,
    pub(super) value: Value,
}

impl Sources {
    /// Reads the file and this process's variables. A file that is named must be there.
    pub(super) fn collect(named: Option<&Path>, flags: Vec<Flag>) -> Result<Self, SettingsError> {
        let path = named.unwrap_or(Path::new(STANDARD_FILE));
        let file = match fs::read_to_string(path) {
            Ok(text) => Some((path.to_owned(), text)),
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => None,
            Err(source) => return Err(SettingsError::NotRead { path: path.to_owned(), source }),
        };
        let mut variables: Vec<_> =
            env::vars_os().filter_map(|(name, words)| variable(name, words)).collect();
        variables.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(Self { file, variables, flags })
    }

    /// The values in the file, each with its line.
    pub(super) fn in_file(&self) -> Result<Vec<Found>, Problem> {
        let Some((path, text)) = &self.file else { return Ok(Vec::new()) };
        let origin = |offset| Origin::File { path: path.clone(), line: line_at(text, offset) };
        let document = DeTable::parse(text).map_err(|error| Problem::NotToml {
            origin: origin(error.span().map_or(0, |span| span.start)),
            reason: error.message().trim().to_owned(),
        })?;
        let mut found = Vec::new();
        for (table, content) in document.get_ref() {
            let place = origin(table.span().start);
            let table = table.get_ref().to_string();
            let DeValue::Table(keys) = content.get_ref() else {
                let key = String::new();
                found.push(Found { table, key, origin: place, value: Value::Other });
                continue;
            };
            if keys.is_empty() {
                let (table, key) = (table.clone(), String::new());
                found.push(Found { table, key, origin: place, value: Value::EmptyTable });
            }
            found.extend(keys.iter().map(|(key, value)| Found {
                table: table.clone(),
                key: key.get_ref().to_string(),
                origin: origin(key.span().start),
                value: Value::of_toml(value.get_ref()),
            }));
        }
        Ok(found)
    }
}

/// One of our variables; a value that is not UTF-8 is no value a setting can have.
fn variable(name: OsString, words: OsString) -> Option<(String, Value)> {
    let name = name.into_string().ok()?;
    let elsewhere = ELSEWHERE.contains(&name.as_str())
        || ELSEWHERE_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    if !name.starts_with(PREFIX) || elsewhere {
        return None;
    }
    Some((name, words.into_string().map_or(Value::Other, Value::Words)))
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_others_are_left_alone() {
        let is_ours = |name: &str| variable(name.into(), "x".into()).is_some();
        assert!(is_ours("AVVIK_SERVER_LISTEN"));
        assert!(is_ours("AVVIK_SERVRE_LISTEN"));
        for name in ["PATH", "AVVIK", "AVVIK_CONFIG", "AVVIK_PORT_8080_TCP", "AVVIK_TEST_DATA"] {
            assert!(!is_ours(name), "{name}");
        }
    }
}
