//! The tasks that run beside the pages for as long as the service does.

use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::Service;
use crate::search::Indexer;

/// How long closing waits for clones of the service held elsewhere.
const CLOSE_PATIENCE: Duration = Duration::from_secs(5);

impl Service {
    /// Stops the watches and the dispatch, and gives up the journal. Its files are closed once
    /// every other clone of the service is gone too.
    pub async fn close(self) {
        self.0.stop.send_replace(true);
        let mut tasks = std::mem::take(&mut *self.lock_tasks());
        let projector = tasks.remove(0);
        for task in tasks {
            // A task that panicked has said so in the log.
            let _ = task.await;
        }
        // The last clone of the journal waits for its writer.
        let _ = tokio::task::spawn_blocking(move || drop(self)).await;
        // Ends with the journal; a clone held elsewhere must not keep the process.
        let _ = tokio::time::timeout(CLOSE_PATIENCE, projector).await;
    }

    pub(super) fn start_watches(&self, indexer: Indexer) {
        let stopping = self.0.stop.subscribe();
        self.start(tokio::spawn(self.clone().watch_deadlines(stopping.clone())));
        self.start(tokio::spawn(self.clone().watch_reminders(stopping.clone())));
        self.start(tokio::spawn(self.clone().watch_checkpoints(stopping.clone())));
        self.start(tokio::spawn(self.clone().watch_accesses(stopping.clone())));
        self.start(tokio::spawn(self.clone().index_texts(indexer, stopping.clone())));
        self.start(tokio::spawn(self.clone().clear_kept_files(stopping.clone())));
        self.start(tokio::spawn(self.clone().dispatch(stopping)));
    }

    pub(super) fn start(&self, task: JoinHandle<()>) {
        self.lock_tasks().push(task);
    }

    fn lock_tasks(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether everything runs that is to run as long as the service: the views keep up, the
    /// deadlines are watched, the messages go out. What broke off runs again after a restart.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        all_run(&self.lock_tasks())
    }
}

fn all_run(tasks: &[JoinHandle<()>]) -> bool {
    !tasks.iter().any(JoinHandle::is_finished)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_broke_off_is_missed() {
        let waits = tokio::spawn(std::future::pending());
        let mut tasks = vec![waits];
        assert!(all_run(&tasks));
        let mut breaks = tokio::spawn(async { panic!("a fault, as this test wants it") });
        (&mut breaks).await.unwrap_err();
        tasks.push(breaks);
        assert!(!all_run(&tasks));
        tasks[0].abort();
    }
}
