//! The service's own binary, built as part of this package so that the tests run it as it is now.

use std::process::ExitCode;

fn main() -> ExitCode {
    avvik::main()
}
