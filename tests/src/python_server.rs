//! A server for tests that is written in Python: it says in its first line how it is reached, and
//! in each further one what it took.

use std::ffi::OsStr;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use serde::de::DeserializeOwned;

/// How long something may be on its way before the test gives up: far more than it ever takes.
const ARRIVAL_MAX: Duration = Duration::from_secs(30);

/// A running server that tells what it took as JSON, a line each. It ends when dropped.
pub struct PythonServer<T> {
    process: Child,
    taken: Arc<Taken<T>>,
}

struct Taken<T> {
    things: Mutex<Vec<T>>,
    more: Condvar,
}

impl<T> fmt::Debug for PythonServer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PythonServer").field("process", &self.process).finish_non_exhaustive()
    }
}

impl<T: DeserializeOwned + Clone + Send + 'static> PythonServer<T> {
    /// Starts the script `tests/it/{script}` and reads what it says first.
    ///
    /// # Panics
    /// If it does not start, saying what to run.
    #[must_use]
    pub fn start<H: DeserializeOwned>(
        script: &str,
        arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
    ) -> (Self, H) {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let installed = repository.join("target/python/bin/python");
        let python = if installed.exists() { installed.as_os_str() } else { OsStr::new("python3") };
        let mut process = Command::new(python)
            .arg(repository.join("tests/it").join(script))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts; if there is none, run `make target/python/installed`");
        let output = process.stdout.take().expect("its output is a pipe");
        let mut lines = BufReader::new(output).lines();
        let first = lines.next().and_then(Result::ok);
        let reached = first.and_then(|line| serde_json::from_str(&line).ok()).expect(
            "the server for tests says how it is reached; \
             if a package of it is missing, run `make target/python/installed`",
        );
        let taken = Arc::new(Taken { things: Mutex::default(), more: Condvar::new() });
        let reader = Arc::clone(&taken);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let thing = serde_json::from_str(&line).expect("it writes what it took, a line");
                reader.things.lock().expect("nobody panics while holding it").push(thing);
                reader.more.notify_all();
            }
        });
        (Self { process, taken }, reached)
    }

    /// Everything it took, as soon as there is that much.
    ///
    /// # Panics
    /// If it doesn't arrive.
    #[must_use]
    pub fn wait_for(&self, count: usize) -> Vec<T> {
        let things = self.taken.things.lock().expect("nobody panics while holding it");
        let too_few = |things: &mut Vec<_>| things.len() < count;
        let (things, waited) = self
            .taken
            .more
            .wait_timeout_while(things, ARRIVAL_MAX, too_few)
            .expect("nobody panics while holding it");
        assert!(!waited.timed_out(), "{} of {count} arrived", things.len());
        things.clone()
    }
}

impl<T> Drop for PythonServer<T> {
    fn drop(&mut self) {
        // Neither can fail in a way that matters here: it may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
