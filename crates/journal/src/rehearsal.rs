//! Opening a store. One that looks damaged is opened as a copy first: sled destroys what it cannot
//! read, and what follows it (`docs/decisions/0008-what-sled-destroys.md`).
//!
//! Only where the copy shows both logs whole, as far as the head file says that they had come, is
//! the store itself opened. Otherwise it is left as it is, byte for byte.

use std::io;
use std::path::Path;

use domain::Position;

use crate::open::JournalError;
use crate::read::ReadError;
use crate::store::claim::Claim;
use crate::store::salvage::{self, Extent, Salvaged};
use crate::store::sled::{self, SledStore};
use crate::store::{StoreError, StoreStep, inspect};
use crate::verify::{self, Damage, Verification};

/// Where the copy lies while it is looked at.
const COPY_DIRECTORY: &str = "store.salvaged";

/// Where a copy stays when nobody can say whether sled will throw away something acknowledged.
const SET_ASIDE_DIRECTORY: &str = "store.set-aside";

/// Why a store was not opened.
pub(crate) enum Unopened {
    /// The store or the operating system said no.
    Store(StoreError),
    /// Something acknowledged cannot be read any more; the files are as they were.
    Damaged(Box<Verification>),
}

impl From<StoreError> for Unopened {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for Unopened {
    fn from(error: io::Error) -> Self {
        Self::Store(sled::failed(StoreStep::Open, error))
    }
}

impl From<Unopened> for JournalError {
    fn from(unopened: Unopened) -> Self {
        match unopened {
            Unopened::Store(error) => Self::Store(error),
            Unopened::Damaged(found) => Self::Replay(first_fault(&found)),
        }
    }
}

fn first_fault(found: &Verification) -> ReadError {
    let first = found.events.faults.first().or_else(|| found.accesses.faults.first());
    let (position, damage) =
        first.map_or((Position(1), Damage::Unreadable), |fault| (fault.position, fault.damage));
    ReadError::Damaged { position, damage }
}

/// Opens the store of a data directory, unless that would lose what was acknowledged.
pub(crate) fn open_store(claim: &Claim, data_directory: &Path) -> Result<SledStore, Unopened> {
    let directory = claim.store();
    let lock = sled::lock(&directory)?;
    inspect::clear_unfinished(&directory)?;
    if inspect::is_doubtful(&directory)? {
        rehearse(&directory, data_directory)?;
    }
    drop(lock);
    match SledStore::open(&directory) {
        // It looked sound and was not.
        Err(error) if error.speaks_of_damage() => match rehearse(&directory, data_directory) {
            Ok(()) => Ok(SledStore::open(&directory)?),
            Err(Unopened::Store(_)) => Err(Unopened::Store(error)),
            Err(damaged) => Err(damaged),
        },
        opened => Ok(opened?),
    }
}

/// Finds out whether the store can be opened without a loss, and prepares it for that.
fn rehearse(directory: &Path, data_directory: &Path) -> Result<(), Unopened> {
    tracing::warn!("the store looks damaged; opening it is tried on a copy");
    let mut refused = None;
    for extent in [Extent::Whole, Extent::Necessary] {
        match examine(directory, data_directory, extent) {
            Ok(found) if found.is_intact() => {
                if !found.head_known {
                    set_aside(directory, data_directory)?;
                }
                if extent == Extent::Necessary {
                    salvage::strip(directory)?;
                }
                return Ok(());
            }
            Ok(found) => refused = Some(Unopened::Damaged(Box::new(found))),
            Err(error) => refused = refused.or(Some(Unopened::Store(error))),
        }
    }
    Err(refused.expect("each way ends in a return or a reason"))
}

fn examine(
    directory: &Path,
    data_directory: &Path,
    extent: Extent,
) -> Result<Verification, StoreError> {
    let salvaged = Salvaged::open(directory, data_directory.join(COPY_DIRECTORY), extent)?;
    Ok(verify::verify_salvaged(salvaged.store(), data_directory))
}

fn set_aside(directory: &Path, data_directory: &Path) -> io::Result<()> {
    let aside = data_directory.join(SET_ASIDE_DIRECTORY);
    if aside.exists() {
        return Ok(());
    }
    tracing::warn!(
        path = %aside.display(),
        "how far the log had come is not known; the store as it was is kept beside the new one"
    );
    salvage::copy_files(directory, &aside, Extent::Whole)
}
