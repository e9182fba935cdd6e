//! The process; everything else is in the library of the same name, which tests run too.

use std::process::ExitCode;

fn main() -> ExitCode {
    avvik::main()
}
