//! What is said on standard output, where a closed pipe is an error, and beside it on standard
//! error, where nobody may be listening.

use std::io::{self, Write};

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
