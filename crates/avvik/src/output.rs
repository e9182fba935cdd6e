//! What is said on standard output, where a closed pipe is an error, and beside it on standard
//! error, where nobody may be listening; and what is written to a file.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::failure::Failure;

/// Says one line.
pub(crate) fn say(line: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(Failure::house("the output could not be written"))
}

/// Says one line beside what was asked for.
pub(crate) fn remark(line: &str) {
    // There is nobody left to tell that it could not be told.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// A new file, for its owner alone: there is personal data in it.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    let made = options.write(true).create_new(true).mode(0o600).open(path);
    made.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .map_err(|source| Failure::NotMade { path: path.to_owned(), source })
}
