//! Reading a log from one end to the other on all cores, and handing it on in order.
//!
//! The positions are cut into blocks; each thread reads and decodes every n-th block, and the
//! caller takes the results from the threads in turn. So the order costs nothing, and no thread
//! runs ahead by more than [`BLOCKS_AHEAD`] blocks.

use std::num::NonZero;
use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::store::{Log, Store, StoreError, StoredChunk};

/// How many positions make up a block.
const BLOCK: u64 = 4096;
/// After so many blocks with nothing in them the next chunk is looked for: no chunk has as many
/// records as would fill them.
const EMPTY_BLOCKS_MAX: u64 = 64;
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
    let mut from = from;
    while let Some(gap) = stretch(store, log, from..until, &work, &mut take)? {
        // Whatever is wrong with the store, nobody waits while nothing is counted through.
        match store.chunks(log, gap, until).next() {
            None => break,
            Some(Ok(chunk)) => from = chunk.first,
            Some(error) => return take(work(error)),
        }
    }
    Ok(())
}

/// Does so as far as the chunks lie together; returns where a gap has lasted for too long.
fn stretch<T: Send, E>(
    store: &dyn Store,
    log: Log,
    positions: Range<u64>,
    work: &(impl Fn(Result<StoredChunk, StoreError>) -> T + Sync),
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<Option<u64>, E> {
    let Range { start: from, end: until } = positions;
    let blocks = until.saturating_sub(from).div_ceil(BLOCK);
    let start_of = |number: u64| until.min(from.saturating_add(number.saturating_mul(BLOCK)));
    let block = |number: u64| {
        let chunks = store.chunks(log, start_of(number), start_of(number + 1));
        chunks.map(work).collect::<Vec<T>>()
    };
    let mut empty = 0;
    let mut take_block = |number: u64, results: Vec<T>| {
        empty = if results.is_empty() { empty + 1 } else { 0 };
        results.into_iter().try_for_each(&mut take)?;
        Ok((empty == EMPTY_BLOCKS_MAX).then(|| start_of(number + 1)))
    };
    let threads = threads().min(usize::try_from(blocks).unwrap_or(THREADS_MAX));
    if threads < 2 {
        let mut gaps = (0..blocks).map(|number| take_block(number, block(number)));
        return gaps.find_map(Result::transpose).transpose();
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
        for (number, worker) in (0..blocks).zip(workers.iter().cycle()) {
            let results = worker.recv().expect("a worker sends each of its blocks");
            if let Some(gap) = take_block(number, results)? {
                return Ok(Some(gap));
            }
        }
        Ok(None)
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

/// How many threads are worth having.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(THREADS_MAX)
}
