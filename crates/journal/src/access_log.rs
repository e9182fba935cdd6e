//! The access log: who looked at what, when, from which page and on which ground.
//!
//! A log of its own with its own chain, written by the same writer under the same flush. It holds
//! no names: a user by number, a reporter as nothing but "the reporter", a case by number. What
//! people searched for may be anything, and lies sealed.

use domain::ids::{CaseId, ReviewId};
use domain::{Actor, Erasable, Position, Time};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::append::{AppendError, to_microseconds};
use crate::chunk::{Chunk, NewRecord};
use crate::keyring::{Keyring, Keys, Scope};
use crate::read::ReadError;
use crate::record::{Seal, StoredActor};
use crate::seal::{self, Place};
use crate::store::Log;
use crate::writer::Work;
use crate::{Journal, Shared};

/// One look at something.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessLine {
    /// When. Kept to the microsecond.
    pub at: Time,
    /// Who. A reporter who looks at their own report is [`Actor::Reporter`], signed in or not.
    pub by: Actor,
    /// At what.
    pub what: Access,
    /// The page or the address it was shown on, without its query.
    pub page: String,
    /// The role or the right it was shown for.
    pub ground: String,
    /// How many rows an export took out, or a list or search of cases showed.
    pub rows: Option<u32>,
}

/// What somebody looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum Access {
    /// One case.
    Case(CaseId),
    /// One management review.
    Review(ReviewId),
    /// A list, by its name.
    List(String),
    /// The results of a search.
    Search {
        /// What was searched for.
        words: Erasable<String>,
    },
    /// An export, by its name.
    Export(String),
}

/// NOTE: part of the stored form.
#[derive(Encode, Decode)]
#[cbor(map)]
struct StoredLine<'a> {
    #[n(0)]
    at: i64,
    #[n(1)]
    by: StoredActor,
    #[b(2)]
    what: StoredAccess<'a>,
    #[b(3)]
    page: &'a str,
    #[b(4)]
    ground: &'a str,
    /// Absent in what is no export, and in lines from before it was counted.
    #[n(5)]
    rows: Option<u32>,
}

/// NOTE: part of the stored form.
#[derive(Encode, Decode)]
enum StoredAccess<'a> {
    #[n(0)]
    Case(#[n(0)] ByteArray<16>),
    #[n(1)]
    List(#[b(0)] &'a str),
    #[n(2)]
    Search(#[b(0)] Seal<'a>),
    #[n(3)]
    Export(#[b(0)] &'a str),
    /// A search whose words were already erased.
    #[n(4)]
    ErasedSearch,
    #[n(5)]
    Review(#[n(0)] ByteArray<16>),
}

impl Journal {
    /// Notes that somebody looked at something. When this answers, the note is on disk; what was
    /// looked at may be shown only then.
    pub async fn note_access(&self, line: &AccessLine) -> Result<(), AppendError> {
        let line = NewRecord::new(to_bytes(line, &self.shared.keyring)?);
        let (reply, answer) = oneshot::channel();
        self.queue.send(Work::Access { line, reply }).await.map_err(|_| AppendError::Closed)?;
        answer.await.map_err(|_| AppendError::Closed)?
    }

    /// At most `limit` lines of the access log after a position, in order.
    pub async fn read_accesses(
        &self,
        after: Position,
        limit: usize,
    ) -> Result<Vec<(Position, AccessLine)>, ReadError> {
        self.blocking(move |shared| shared.accesses(after, limit)).await
    }

    /// The position of the last line of the access log on disk; 0 while there is none.
    pub async fn last_access(&self) -> Result<Position, ReadError> {
        self.blocking(|shared| {
            let Some(stored) = shared.store.chunk_at(Log::Accesses, u64::MAX)? else {
                return Ok(Position(0));
            };
            Ok(Position(Chunk::parse(stored.first, &stored.bytes)?.positions().end - 1))
        })
        .await
    }
}

impl Shared {
    fn accesses(
        &self,
        after: Position,
        limit: usize,
    ) -> Result<Vec<(Position, AccessLine)>, ReadError> {
        let keys = self.keyring.keys();
        let mut lines = Vec::new();
        let start = self.store.chunk_at(Log::Accesses, after.0 + 1)?;
        let start = start.map_or(after.0 + 1, |chunk| chunk.first);
        for stored in self.store.chunks(Log::Accesses, start, u64::MAX) {
            let stored = stored?;
            let chunk = Chunk::parse(stored.first, &stored.bytes)?;
            chunk.check()?;
            for (position, record) in chunk.records().filter(|(position, _)| after.0 < *position) {
                if lines.len() == limit {
                    return Ok(lines);
                }
                lines.push((Position(position), from_bytes(record, position, &keys)?));
            }
        }
        Ok(lines)
    }
}

fn to_bytes(line: &AccessLine, keyring: &Keyring) -> Result<Vec<u8>, AppendError> {
    let sealed;
    let what = match &line.what {
        Access::Case(case) => StoredAccess::Case(case.0.into_bytes().into()),
        Access::Review(review) => StoredAccess::Review(review.0.into_bytes().into()),
        Access::List(name) => StoredAccess::List(name),
        Access::Export(name) => StoredAccess::Export(name),
        Access::Search { words } => match words.get() {
            None => StoredAccess::ErasedSearch,
            Some(words) => {
                let (id, key) = keyring.key_for(Scope::SEARCHES)?;
                let nonce = seal::random_nonce();
                sealed = seal::encrypt(&key, &nonce, &Place::Search.context(id), words.as_bytes());
                let (key, nonce) = (id.0.into(), nonce.into());
                StoredAccess::Search(Seal { key, about: None, nonce, text: &sealed })
            }
        },
    };
    let line = StoredLine {
        at: to_microseconds(line.at).timestamp_micros(),
        by: line.by.into(),
        what,
        page: &line.page,
        ground: &line.ground,
        rows: line.rows,
    };
    Ok(minicbor::to_vec(line).expect("writing to memory cannot fail"))
}

pub(crate) fn from_bytes(
    record: &[u8],
    position: u64,
    keys: &Keys,
) -> Result<AccessLine, ReadError> {
    let undecodable = || ReadError::undecodable(position);
    let line: StoredLine<'_> = minicbor::decode(record).map_err(|_| undecodable())?;
    let what = match line.what {
        StoredAccess::Case(case) => Access::Case(CaseId(Uuid::from_bytes(case.into()))),
        StoredAccess::Review(review) => Access::Review(ReviewId(Uuid::from_bytes(review.into()))),
        StoredAccess::List(name) => Access::List(name.to_owned()),
        StoredAccess::Export(name) => Access::Export(name.to_owned()),
        StoredAccess::ErasedSearch => Access::Search { words: Erasable::Erased { about: None } },
        StoredAccess::Search(seal) => {
            let words = seal::open_seal(&seal, Place::Search, keys)
                .map_err(|source| ReadError::Sealed { position: Position(position), source })?;
            let words = match words {
                None => Erasable::Erased { about: None },
                Some(words) => {
                    let words = String::from_utf8(words.to_vec()).map_err(|_| undecodable())?;
                    Erasable::known(words)
                }
            };
            Access::Search { words }
        }
    };
    Ok(AccessLine {
        at: Time::from_timestamp_micros(line.at).ok_or_else(undecodable)?,
        by: line.by.into(),
        what,
        page: line.page.to_owned(),
        ground: line.ground.to_owned(),
        rows: line.rows,
    })
}
