//! The search index, kept beside the views. After a start it takes every text in once, while the
//! service answers already; from then on it follows what is recorded.

mod index;

use std::collections::HashSet;
use std::error::Error;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use domain::Position;
use domain::ids::CaseId;
use journal::Journal;
use tokio::sync::{oneshot, watch};

use crate::open::Service;
pub(crate) use index::Circle;
pub use index::SearchError;
use index::{Search, SearchBuilder};

/// How many events are taken in at a time, and after how many they can be found at the latest.
const BATCH: usize = 1024;
const PUBLISHED_EVERY: usize = 32 * BATCH;
/// How long what was recorded may lie before it is taken in, while nobody searches: to publish a
/// little at a time costs as much as to publish a lot.
const REST: Duration = Duration::from_secs(2);
/// The rank behind which nothing stands (`nice`).
const LEAST_URGENT: i32 = 19;
/// How long a search waits for what was recorded before it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Finds cases by their texts, and knows how far the index has come.
#[derive(Debug)]
pub(crate) struct Texts {
    search: Search,
    indexed: watch::Sender<Position>,
    /// Up to where somebody searches.
    wanted: watch::Sender<Position>,
}

/// The cases a search has found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) cases: HashSet<CaseId>,
    /// Whether everything recorded before was looked through.
    pub(crate) is_whole: bool,
}

impl Texts {
    pub(crate) fn new(search: Search) -> Self {
        let nothing = || watch::channel(Position::default()).0;
        Self { search, indexed: nothing(), wanted: nothing() }
    }

    /// Looks through what was recorded up to `position`, or as much of it as is there in time.
    pub(crate) async fn find(
        &self,
        words: &str,
        circles: &'static [Circle],
        position: Position,
    ) -> Result<Found, SearchError> {
        let mut indexed = self.indexed.subscribe();
        self.wanted.send_if_modified(|wanted| {
            let is_more = *wanted < position;
            *wanted = position.max(*wanted);
            is_more
        });
        let reached = indexed.wait_for(|indexed| position <= *indexed);
        let is_whole = tokio::time::timeout(PATIENCE, reached).await.is_ok_and(|it| it.is_ok());
        let (search, words) = (self.search.clone(), words.to_owned());
        let asked = tokio::task::spawn_blocking(move || search.cases(&words, circles));
        Ok(Found { cases: asked.await.expect("searching does not panic")?, is_whole })
    }
}

type Fault = Box<dyn Error + Send + Sync>;

/// The thread that has the index. It leaves the processor to whoever waits for a page: after a
/// start there may be a million events to take in.
pub(crate) struct Indexer {
    stretches: mpsc::Sender<Stretch>,
}

/// What is to be taken in and published: everything after a position, up to a limit.
struct Stretch {
    journal: Journal,
    after: Position,
    /// Whether to make an end of it.
    stop: watch::Receiver<bool>,
    done: oneshot::Sender<Result<Reached, Fault>>,
}

/// How far the index has come.
struct Reached {
    position: Position,
    /// Whether nothing was recorded after it by then.
    is_last: bool,
}

impl Indexer {
    /// Starts with an empty index.
    pub(crate) fn start() -> Result<(Self, Search), SearchError> {
        let (stretches, waiting) = mpsc::channel::<Stretch>();
        let (made, making) = mpsc::channel();
        thread::spawn(move || {
            step_back();
            // The builder's own threads take over the rank of the one that starts them.
            match SearchBuilder::new() {
                Ok(builder) => {
                    let _ = made.send(Ok(builder.search()));
                    follow(builder, waiting);
                }
                Err(error) => {
                    let _ = made.send(Err(error));
                }
            }
        });
        let search = making.recv().expect("the thread says what came of it")?;
        Ok((Self { stretches }, search))
    }

    async fn take_in(
        &self,
        journal: Journal,
        after: Position,
        stop: watch::Receiver<bool>,
    ) -> Result<Reached, Fault> {
        let (done, reached) = oneshot::channel();
        self.stretches.send(Stretch { journal, after, stop, done })?;
        reached.await?
    }
}

fn follow(mut builder: SearchBuilder, stretches: mpsc::Receiver<Stretch>) {
    for Stretch { journal, after, stop, done } in stretches {
        let reached = take_in(&mut builder, &journal, after, &stop);
        // Whoever is told may close the journal at once.
        drop(journal);
        let _ = done.send(reached);
    }
}

/// Ranks the calling thread behind every other. A system that does not allow it has it in front.
fn step_back() {
    if let Err(error) = rustix::process::nice(LEAST_URGENT) {
        let error: &dyn Error = &error;
        tracing::warn!(error, "the search index is built at the same rank as pages are");
    }
}

fn take_in(
    builder: &mut SearchBuilder,
    journal: &Journal,
    after: Position,
    stop: &watch::Receiver<bool>,
) -> Result<Reached, Fault> {
    let mut reached = Reached { position: after, is_last: false };
    let mut taken_in = 0;
    while !reached.is_last && !*stop.borrow() && taken_in < PUBLISHED_EVERY {
        let batch = journal.read_all(reached.position, BATCH)?;
        reached.is_last = batch.len() < BATCH;
        reached.position = batch.last().map_or(reached.position, |last| last.position);
        taken_in += batch.len();
        builder.apply(&batch)?;
    }
    builder.publish()?;
    Ok(reached)
}

impl Service {
    /// Takes in what is recorded until the service stops, or until the index fails, which is said
    /// in the log; searches are not whole from then on, and say so.
    pub(crate) async fn index_texts(self, indexer: Indexer, stop: watch::Receiver<bool>) {
        if let Err(error) = self.follow_texts(indexer, stop).await {
            tracing::error!(error, "searches find nothing new until the service is restarted");
        }
    }

    async fn follow_texts(
        &self,
        indexer: Indexer,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), Fault> {
        let mut position = Position::default();
        while !*stop.borrow() {
            let reached = indexer.take_in(self.journal().clone(), position, stop.clone()).await?;
            position = reached.position;
            self.texts().indexed.send_replace(position);
            if reached.is_last {
                tokio::select! {
                    () = self.texts_to_take_in(position) => (),
                    _ = stop.wait_for(|stopped| *stopped) => (),
                }
            }
        }
        Ok(())
    }

    /// Returns once there is more than what lies before `position`, and somebody searches it or it
    /// has lain for a while.
    async fn texts_to_take_in(&self, position: Position) {
        self.wait_until_past(position).await;
        let mut wanted = self.texts().wanted.subscribe();
        let is_wanted = wanted.wait_for(|wanted| position < *wanted);
        let _ = tokio::time::timeout(REST, is_wanted).await;
    }
}
