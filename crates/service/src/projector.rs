//! Carries every recorded fact into the views, in order, and tells who waits for it.

use std::sync::{Arc, PoisonError, RwLock};

use domain::{Position, Recorded};
use tokio::sync::watch;
use views::Views;

/// The views of this process, and how far they have come.
#[derive(Debug)]
pub struct Projection {
    views: RwLock<Views>,
    seen: watch::Sender<Position>,
}

impl Projection {
    /// Starts from views built from the journal.
    #[must_use]
    pub fn new(views: Views) -> Arc<Self> {
        let (seen, _) = watch::channel(views.position);
        Arc::new(Self { views: RwLock::new(views), seen })
    }

    /// The views as they are now. Held only as long as it takes to copy something out of them.
    pub fn read(&self) -> std::sync::RwLockReadGuard<'_, Views> {
        self.views.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes facts in, in order.
    pub fn apply(&self, batch: &[Recorded]) {
        let mut views = self.views.write().unwrap_or_else(PoisonError::into_inner);
        for recorded in batch {
            views.apply(recorded);
        }
        let position = views.position;
        drop(views);
        self.seen.send_replace(position);
    }

    /// Returns once the views have seen `position`: whoever wrote reads what they wrote.
    pub async fn wait_for(&self, position: Position) {
        let mut seen = self.seen.subscribe();
        // The sender lives as long as `self`, so that waiting cannot fail.
        let _ = seen.wait_for(|seen| position <= *seen).await;
    }
}

/// Carries what the journal commits into the views until the journal ends.
pub async fn project(projection: Arc<Projection>, mut feed: journal::Feed) {
    while let Some(batch) = feed.recv().await {
        projection.apply(&batch);
    }
}
