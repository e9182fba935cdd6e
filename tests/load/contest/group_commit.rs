//! The plainest way to share a sync: one thread takes all that waits, writes it and answers.

use std::thread;

use tokio::sync::{mpsc, oneshot};

use super::drive::Writer;
use crate::Outcome;

/// How many events may wait, as in the journal.
const QUEUE_LENGTH: usize = 1024;

/// Where batches of events go.
pub(super) trait Disk: Send + 'static {
    /// Writes every event; when this returns, they are on disk.
    fn write(&mut self, events: &[Vec<u8>]) -> Outcome<()>;
}

/// An event, and who waits for it.
type Waiting = (Vec<u8>, oneshot::Sender<()>);

/// A thread that writes; ends with its last writer.
pub(super) struct GroupCommit(mpsc::Sender<Waiting>);

impl GroupCommit {
    /// Begins to write to `disk`, at most `batch_max` events at a time.
    pub(super) fn start(mut disk: impl Disk, batch_max: usize) -> Self {
        let (sender, mut queue) = mpsc::channel::<Waiting>(QUEUE_LENGTH);
        thread::spawn(move || {
            while let Some((event, reply)) = queue.blocking_recv() {
                let (mut events, mut replies) = (vec![event], vec![reply]);
                while events.len() < batch_max
                    && let Ok((event, reply)) = queue.try_recv()
                {
                    events.push(event);
                    replies.push(reply);
                }
                if let Err(error) = disk.write(&events) {
                    // The writers hear that nobody answers any more.
                    return eprintln!("a rival could not write: {error}");
                }
                for reply in replies {
                    // Whoever no longer listens has been counted.
                    let _ = reply.send(());
                }
            }
        });
        Self(sender)
    }

    /// One who appends `event` over and over.
    pub(super) fn writer(&self, event: Vec<u8>) -> Appender {
        Appender { queue: self.0.clone(), event }
    }
}

/// One who waits for a group commit.
pub(super) struct Appender {
    queue: mpsc::Sender<Waiting>,
    event: Vec<u8>,
}

impl Writer for Appender {
    async fn append(&mut self) -> Outcome<()> {
        let (reply, answer) = oneshot::channel();
        self.queue.send((self.event.clone(), reply)).await?;
        Ok(answer.await?)
    }
}
