//! Calls into sled, which panics on some damaged files: what it meant to say becomes an error.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use super::{StoreError, StoreStep};

/// What the names of sled's own threads begin with.
const SLEDS_THREADS: &str = "sled-";

/// Ends sled's messages where it was built without backtraces.
const NO_BACKTRACE: &str = "backtrace ()";

thread_local! {
    static WITHIN: Cell<bool> = const { Cell::new(false) };
}

/// Runs one call into sled: its errors and its panics become errors of the store. A panic is told
/// as that error alone, not on standard error as well.
pub(super) fn guarded<T>(
    step: StoreStep,
    call: impl FnOnce() -> ::sled::Result<T>,
) -> Result<T, StoreError> {
    keep_panics_quiet();
    let outer = WITHIN.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(call));
    WITHIN.set(outer);
    match result {
        Ok(result) => result.map_err(|source| from_sled(step, source)),
        Err(payload) => Err(StoreError::GaveUp { step, message: last_words(payload.as_ref()) }),
    }
}

/// From the first call on, a panic within sled, here or on its own threads, prints nothing; every
/// other panic is told as before.
fn keep_panics_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let earlier = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let thread = thread::current();
            let is_sleds = thread.name().is_some_and(|name| name.starts_with(SLEDS_THREADS));
            if !is_sleds && !WITHIN.get() {
                earlier(panic);
            }
        }));
    });
}

fn from_sled(step: StoreStep, error: ::sled::Error) -> StoreError {
    match error {
        // As the operating system said it; sled adds nothing to it.
        ::sled::Error::Io(source) => super::sled::failed(step, source),
        other => super::sled::failed(step, SledError(other)),
    }
}

/// What sled says, without the place it leaves for a backtrace.
#[derive(Debug)]
struct SledError(::sled::Error);

impl std::fmt::Display for SledError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            ::sled::Error::Corruption { at: Some(at), .. } => {
                write!(f, "sled read damaged bytes at {at:?}")
            }
            ::sled::Error::Corruption { at: None, .. } => write!(f, "sled read damaged bytes"),
            other => write!(f, "{}", other.to_string().trim_end_matches(NO_BACKTRACE).trim_end()),
        }
    }
}

impl std::error::Error for SledError {}

fn last_words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no reason given").to_owned()
}
