//! The search index, kept beside the views. After a start it takes every text in once, while the
//! service answers already; from then on it follows what is recorded.

mod index;

use std::collections::HashSet;
use std::time::Duration;

use domain::Position;
use domain::ids::CaseId;
use tokio::sync::watch;

use crate::open::Service;
use index::Search;
pub(crate) use index::SearchBuilder;
pub use index::SearchError;

/// How many events are taken in at a time, and after how many they can be found at the latest.
const BATCH: usize = 1024;
const PUBLISHED_EVERY: usize = 32 * BATCH;
/// How long a search waits for what was recorded before it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Finds cases by their texts, and knows how far the index has come.
#[derive(Debug)]
pub(crate) struct Texts {
    search: Search,
    indexed: watch::Sender<Position>,
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
        Self { search, indexed: watch::channel(Position::default()).0 }
    }

    /// Looks through what was recorded up to `position`, or as much of it as is there in time.
    pub(crate) async fn find(
        &self,
        words: &str,
        sees_everything: bool,
        position: Position,
    ) -> Result<Found, SearchError> {
        let mut indexed = self.indexed.subscribe();
        let reached = indexed.wait_for(|indexed| position <= *indexed);
        let is_whole = tokio::time::timeout(PATIENCE, reached).await.is_ok_and(|it| it.is_ok());
        let (search, words) = (self.search.clone(), words.to_owned());
        let asked = tokio::task::spawn_blocking(move || search.cases(&words, sees_everything));
        Ok(Found { cases: asked.await.expect("searching does not panic")?, is_whole })
    }
}

impl Service {
    /// Takes in what is recorded until the service stops, or until the index fails, which is said
    /// in the log; searches are not whole from then on, and say so.
    pub(crate) async fn index_texts(self, builder: SearchBuilder, stop: watch::Receiver<bool>) {
        if let Err(error) = self.follow_texts(builder, stop).await {
            tracing::error!(error, "searches find nothing new until the service is restarted");
        }
    }

    async fn follow_texts(
        &self,
        mut builder: SearchBuilder,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let (mut position, mut unpublished) = (Position::default(), 0);
        while !*stop.borrow() {
            let batch = self.journal().read_all(position, BATCH).await?;
            let is_last = batch.len() < BATCH;
            position = batch.last().map_or(position, |last| last.position);
            unpublished += batch.len();
            let is_published = is_last || PUBLISHED_EVERY <= unpublished;
            let taken_in = tokio::task::spawn_blocking(move || {
                builder.apply(&batch)?;
                if is_published {
                    builder.publish()?;
                }
                Ok::<_, SearchError>(builder)
            });
            builder = taken_in.await??;
            if is_published {
                unpublished = 0;
                self.texts().indexed.send_replace(position);
            }
            if is_last {
                tokio::select! {
                    () = self.wait_until_past(position) => (),
                    _ = stop.wait_for(|stopped| *stopped) => (),
                }
            }
        }
        Ok(())
    }
}
