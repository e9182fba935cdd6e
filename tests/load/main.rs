//! The figures: what the journal, the start and a page cost on this machine. `make bench` runs it.

mod appends;
mod binary;
mod figures;

use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the figures could not be taken: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(appends::measure())?;
    binary::measure()
}
