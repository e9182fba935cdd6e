//! The files of a backup that events have attached: which the log names, and whether they are
//! there. The manifest need not list them, for the events in the segments do, with their hashes.

use std::collections::BTreeMap;
use std::path::Path;

use super::BackupError;
use super::fault::{Flaw, PartFault};
use super::files;
use super::segment::Segment;
use super::shelf::not_written;
use crate::Journal;
use crate::attachment::{Attached, FILE_BYTES_MAX, directory_in, file_in, write};
use crate::chain::Hash;
use crate::record::Record;

/// The files that events name, each once.
#[derive(Default)]
pub(super) struct Named {
    files: BTreeMap<[u8; 32], Attached>,
}

impl Named {
    /// Takes in what one event has attached.
    pub(super) fn note(&mut self, record: &[u8]) {
        let record = Record::from_bytes(record);
        let attached = record.and_then(|record| record.attachments).unwrap_or_default();
        self.files.extend(attached.into_iter().map(|it| (it.id().0, it)));
    }

    /// Takes in what the events of a segment have attached.
    pub(super) fn note_all(&mut self, segment: &Segment<'_>) {
        for chunk in segment.chunks().filter_map(Result::ok) {
            chunk.records().for_each(|(_, record)| self.note(record));
        }
    }

    /// The next that is not in the backup yet, taken out.
    pub(super) fn next_missing(&mut self, backup: &Path) -> Option<Attached> {
        let directory = directory_in(backup);
        loop {
            let (_, attached) = self.files.pop_first()?;
            if attached.look(&directory).is_err() {
                return Some(attached);
            }
        }
    }

    /// Looks at every file; says how many are whole, and what is wrong with the others.
    pub(super) fn look(self, backup: &Path) -> (u64, Vec<PartFault>) {
        let read = self.files.values().map(|attached| read(backup, attached));
        let (mut whole, mut faults) = (0, Vec::new());
        for read in read {
            match read {
                Ok(_) => whole += 1,
                Err(fault) => faults.push(fault),
            }
        }
        (whole, faults)
    }

    /// Copies every file that is whole into a data directory; answers with what is wrong with the
    /// others.
    pub(super) fn restore(
        self,
        backup: &Path,
        data_directory: &Path,
    ) -> Result<Vec<PartFault>, BackupError> {
        let directory = directory_in(data_directory);
        let mut faults = Vec::new();
        for attached in self.files.values() {
            match read(backup, attached) {
                Ok(sealed) => {
                    let written = write(&directory, attached, &sealed);
                    written.map_err(not_written(&directory))?;
                }
                Err(fault) => faults.push(fault),
            }
        }
        Ok(faults)
    }
}

fn read(backup: &Path, attached: &Attached) -> Result<Vec<u8>, PartFault> {
    let path = file_in(&directory_in(backup), attached.id());
    let sealed = files::read(&path, FILE_BYTES_MAX)?;
    if attached.is(&sealed) { Ok(sealed) } else { Err(Flaw::OtherBytes.at(path)) }
}

impl Journal {
    /// The sealed bytes of an attached file, for a backup; nothing where they cannot be read.
    pub async fn backup_attachment(&self, id: Hash) -> Option<Vec<u8>> {
        self.blocking(move |shared| {
            let path = file_in(&directory_in(&shared.data_directory), id);
            files::read(&path, FILE_BYTES_MAX).ok()
        })
        .await
    }
}
