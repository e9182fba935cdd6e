//! Asks the sources for one setting after the other; whatever nobody asked for is unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::{Origin, Problem, Problems, SettingsError};
use super::sources::{Found, PREFIX, Sources};
use super::value::Value;

/// The values not asked for yet, the settings there are, and what was wrong so far.
#[derive(Debug)]
pub(super) struct Reader {
    in_file: Vec<Found>,
    variables: Vec<(String, Value)>,
    flags: Vec<Found>,
    /// Table to keys: filled by asking.
    settings: BTreeMap<&'static str, BTreeSet<&'static str>>,
    problems: Vec<Problem>,
}

impl Reader {
    /// Begins to read; refuses a file in which nothing can be told apart.
    pub(super) fn new(sources: Sources) -> Result<Self, SettingsError> {
        let in_file =
            sources.in_file().map_err(|problem| SettingsError::Wrong(Problems(vec![problem])))?;
        let flags = sources.flags.into_iter().map(|it| Found {
            table: it.table.to_owned(),
            key: it.key.to_owned(),
            origin: Origin::Flag(it.name),
            value: it.value,
        });
        Ok(Self {
            in_file,
            variables: sources.variables,
            flags: flags.collect(),
            settings: BTreeMap::new(),
            problems: Vec::new(),
        })
    }

    /// The setting's value from the last source that has one. A value that cannot be read is a
    /// problem also where a later source would have won.
    pub(super) fn ask<T>(
        &mut self,
        table: &'static str,
        key: &'static str,
        allowed: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        self.settings.entry(table).or_default().insert(key);
        let mut last = None;
        for (origin, value) in self.take(table, key) {
            match read(&value) {
                Some(value) => last = Some(value),
                None => self.problems.push(Problem::NotAllowed {
                    origin,
                    setting: format!("{table}.{key}"),
                    allowed,
                }),
            }
        }
        last
    }

    /// Takes the setting's values out of the sources, the weightiest last.
    fn take(&mut self, table: &str, key: &str) -> Vec<(Origin, Value)> {
        let is_meant = |it: &mut Found| it.table == table && it.key == key;
        let variables = [Some(variable_of(table, key)), short_variable_of(table, key)];
        let named = self.variables.extract_if(.., |(name, _)| {
            variables.iter().flatten().any(|variable| variable == name)
        });
        let mut taken: Vec<_> =
            self.in_file.extract_if(.., is_meant).map(|it| (it.origin, it.value)).collect();
        taken.extend(named.map(|(name, value)| (Origin::Variable(name), value)));
        taken.extend(self.flags.extract_if(.., is_meant).map(|it| (it.origin, it.value)));
        taken
    }

    /// Notes that a setting others make necessary is not there.
    pub(super) fn missing(&mut self, table: &str, key: &str, reason: &'static str) {
        self.problems.push(Problem::Missing { setting: format!("{table}.{key}"), reason });
    }

    /// Refuses the settings if anything was wrong, or anything was not asked for.
    pub(super) fn finish(mut self) -> Result<(), SettingsError> {
        let mut left = std::mem::take(&mut self.in_file);
        left.append(&mut self.flags);
        left.retain(|it| {
            it.value != Value::EmptyTable || !self.settings.contains_key(it.table.as_str())
        });
        let unknown: Vec<_> = left.into_iter().map(|it| self.unknown(it)).collect();
        let variables: Vec<_> =
            self.variables.iter().map(|(name, _)| self.unknown_variable(name)).collect();
        self.problems.extend(unknown);
        self.problems.extend(variables);
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(SettingsError::Wrong(Problems(self.problems)))
        }
    }

    fn unknown(&self, it: Found) -> Problem {
        let name =
            if it.key.is_empty() { it.table.clone() } else { format!("{}.{}", it.table, it.key) };
        let allowed = if let Some(keys) = self.settings.get(it.table.as_str()) {
            let keys: Vec<_> = keys.iter().copied().collect();
            format!("[{}] with {}", it.table, keys.join(", "))
        } else {
            let tables: Vec<_> = self.settings.keys().map(|it| format!("[{it}]")).collect();
            tables.join(", ")
        };
        Problem::Unknown { origin: it.origin, name, allowed }
    }

    fn unknown_variable(&self, name: &str) -> Problem {
        let all = self
            .settings
            .iter()
            .flat_map(|(table, keys)| keys.iter().map(|key| variable_of(table, key)));
        let in_table = |variable: &String| {
            let table =
                self.settings.keys().find(|table| name.starts_with(&variable_of(table, "")));
            table.is_none_or(|table| variable.starts_with(&variable_of(table, "")))
        };
        let allowed: Vec<_> = all.filter(in_table).collect();
        Problem::Unknown {
            origin: Origin::Variable(name.to_owned()),
            name: name.to_owned(),
            allowed: allowed.join(", "),
        }
    }

    /// Every setting that was asked for, as `table.key`.
    #[cfg(test)]
    pub(super) fn asked(&self) -> Vec<(&'static str, &'static str)> {
        let keys = |(table, keys): (&&'static str, &BTreeSet<&'static str>)| {
            let table = *table;
            keys.iter().map(move |key| (table, *key)).collect::<Vec<_>>()
        };
        self.settings.iter().flat_map(keys).collect()
    }
}

/// `server.listen` is `AVVIK_SERVER_LISTEN`.
fn variable_of(table: &str, key: &str) -> String {
    format!("{PREFIX}{table}_{key}").to_uppercase()
}

/// The one setting that has a second, shorter variable: it is what a container's secret sets.
fn short_variable_of(table: &str, key: &str) -> Option<String> {
    ((table, key) == ("data", "master_key_file")).then(|| format!("{PREFIX}MASTER_KEY_FILE"))
}
