//! The journal from outside: what it promises, tried on real files.
#![expect(clippy::unwrap_used, reason = "in a test a failure is to be loud")]
#![expect(clippy::similar_names, reason = "a test says the same thing about one and another")]

/// Who looked at what is kept, in order and for good.
mod access;
/// Killed at any moment, nothing acknowledged is lost.
mod crash;
/// The flush goes through to the disk.
mod durable;
/// A destroyed key takes the person out of every copy, and leaves the chain whole.
mod erasure;
/// Appending and reading back: order, conflicts, repetition, size.
mod journal;
/// Messages are kept with the events that ask for them until they are sent.
mod outbox;
/// What the tests above have in common.
mod support;
/// Nothing that was changed in the files is taken for true.
mod tampering;
