//! Reading a log from one end to the other on all cores, and handing it on in order.
//!
//! The positions are cut into blocks; each thread reads and decodes every n-th block, and the
//! caller takes the results from the threads in turn. So the order costs nothing, and no thread
//! runs ahead by more than [`BLOCKS_AHEAD`] blocks.

use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::store::{Log, Store, StoreError, StoredChunk};

/// How many positions make up a block.
const BLOCK: u64 = 4096;
/// How many finished blocks may wait for the caller, for each thread.
const BLOCKS_AHEAD: usize = 2;
/// More threads than this only wait for the disk.
const THREADS_MAX: usize = 8;

/// Reads the chunks that begin in `from..until`, turns each into a `T` with `work` on several
/// threads, and hands the results to `take` in order, until that answers with an error.
pub(crate) fn in_order<T: Send, E>(
    store: &dyn Store,
    log: Log,
    from: u64,
    until: u64,
    work: impl Fn(Result<StoredChunk, StoreError>) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let blocks = until.saturating_sub(from).div_ceil(BLOCK);
    let block = |number: u64| {
        let start = from + number * BLOCK;
        store.chunks(log, start, until.min(start + BLOCK)).map(&work).collect::<Vec<T>>()
    };
    let threads = threads().min(usize::try_from(blocks).unwrap_or(THREADS_MAX));
    if threads < 2 {
        return (0..blocks).flat_map(block).try_for_each(take);
    }
    thread::scope(|scope| {
        let block = &block;
        let workers: Vec<Receiver<Vec<T>>> = (0..threads)
            .map(|number| {
                let (sender, receiver) = sync_channel(BLOCKS_AHEAD);
                let own = (number as u64..blocks).step_by(threads);
                scope.spawn(move || send_all(own.map(block), &sender));
                receiver
            })
            .collect();
        for number in 0..blocks {
            let worker = usize::try_from(number).expect("a block number") % threads;
            let results = workers[worker].recv().expect("a worker sends each of its blocks");
            results.into_iter().try_for_each(&mut take)?;
        }
        Ok(())
    })
}

/// Sends each block, until the caller has hung up because it met an error.
fn send_all<T>(blocks: impl Iterator<Item = Vec<T>>, sender: &SyncSender<Vec<T>>) {
    for block in blocks {
        if sender.send(block).is_err() {
            return;
        }
    }
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(THREADS_MAX)
}
