//! Destroying keys: out of use in memory first, then overwritten where they lie.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::atomic::Ordering;

use domain::StreamId;
use domain::ids::PersonId;
use uuid::Uuid;

use super::{Held, KeyId, Keyring, KeyringError, Keys, Scope};

/// Keys that go together: all of a stream, or those of one person in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeysOf {
    /// In which stream.
    pub stream: StreamId,
    /// Whose; everybody's when absent.
    pub person: Option<PersonId>,
}

impl KeysOf {
    fn include(&self, scope: &Scope) -> bool {
        let is_theirs = |person: PersonId| scope.person == Some(person.0);
        scope.stream == self.stream.id && self.person.is_none_or(is_theirs)
    }
}

/// How many keys there are of some that go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyCount {
    /// Keys that still open something.
    pub living: usize,
    /// Keys that were destroyed.
    pub destroyed: usize,
}

impl Keyring {
    /// Destroys every key of `these`, and says how many there were. When this returns they are gone
    /// from the disk. Where the disk refuses, they are gone for this process all the same, and
    /// asking again tries again.
    pub(crate) fn destroy(&self, these: &HashSet<KeysOf>) -> Result<usize, KeyringError> {
        let keys = {
            let mut keys = self.keys_mut();
            keys.condemn(these);
            self.overwrite(&keys.condemned).map_err(|source| self.not_written(source))?;
            std::mem::take(&mut keys.condemned).len()
        };
        if 0 < keys {
            self.is_rotation_due.store(true, Ordering::Release);
            self.rotate_or_say_why_not();
        }
        Ok(keys)
    }

    fn overwrite(&self, condemned: &[(Scope, KeyId, u64)]) -> io::Result<()> {
        if condemned.is_empty() {
            return Ok(());
        }
        let ring = self.ring();
        ring.file.note_rotation_due()?;
        for (scope, id, offset) in condemned {
            ring.file.destroy(*offset, *id, *scope)?;
        }
        ring.file.sync()
    }

    /// How many keys there are of `these`.
    pub(crate) fn count(&self, these: KeysOf) -> KeyCount {
        let keys = self.keys();
        let destroyed = keys.destroyed.iter().filter(|(scope, _)| these.include(scope));
        KeyCount {
            living: keys.living.keys().filter(|scope| these.include(scope)).count(),
            destroyed: destroyed.map(|(_, count)| count).sum(),
        }
    }

    /// Whether keys were destroyed that an older copy of the keyring still has, for the master key
    /// to open.
    pub(crate) fn is_rotation_due(&self) -> bool {
        self.is_rotation_due.load(Ordering::Acquire)
    }
}

impl Keys {
    /// Takes keys out of use; their records are overwritten next.
    pub(super) fn condemn(&mut self, these: &HashSet<KeysOf>) {
        let mut by_stream: HashMap<Uuid, Vec<&KeysOf>> = HashMap::new();
        for of in these {
            by_stream.entry(of.stream.id).or_default().push(of);
        }
        let is_meant = |scope: &Scope| {
            by_stream
                .get(&scope.stream)
                .is_some_and(|these| these.iter().any(|of| of.include(scope)))
        };
        for (scope, (id, offset)) in self.living.extract_if(|scope, _| is_meant(scope)) {
            self.held.insert(id, Held::Destroyed);
            *self.destroyed.entry(scope).or_default() += 1;
            self.condemned.push((scope, id, offset));
        }
    }
}
