//! The journal from outside: what it promises, tried on real files.
#![expect(clippy::unwrap_used, reason = "in a test a failure is to be loud")]
#![expect(clippy::similar_names, reason = "a test says the same thing about one and another")]

mod access;
mod backup;
mod crash;
mod durable;
mod erasure;
mod journal;
mod outbox;
mod support;
mod tampering;
