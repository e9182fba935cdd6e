//! SQLite with a write-ahead log that is synced at every commit.

use std::path::Path;

use rusqlite::Connection;

use super::group_commit::Disk;
use crate::Outcome;

pub(super) struct Sqlite(Connection);

impl Sqlite {
    pub(super) fn create(directory: &Path) -> Outcome<Self> {
        let connection = Connection::open(directory.join("events.db"))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             CREATE TABLE events (position INTEGER PRIMARY KEY, body BLOB NOT NULL);",
        )?;
        Ok(Self(connection))
    }
}

impl Disk for Sqlite {
    fn write(&mut self, events: &[Vec<u8>]) -> Outcome<()> {
        let transaction = self.0.transaction()?;
        let mut insert = transaction.prepare_cached("INSERT INTO events (body) VALUES (?1)")?;
        for event in events {
            insert.execute([event])?;
        }
        drop(insert);
        Ok(transaction.commit()?)
    }
}
