//! What is said on standard output, where a closed pipe is an error and no panic.

use std::io::{self, Write};

use crate::failure::Failure;

/// Says one line.
pub(crate) fn say(line: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(Failure::house("the output could not be written"))
}
