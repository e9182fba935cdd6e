//! The figures: what the journal, the start and a page cost on this machine. `make bench` runs it.
//!
//! `bench` takes all of them; `bench contest binary` takes those that are named.

mod archive;
mod binary;
mod contest;
mod documents;
mod figures;
mod million;

use std::error::Error;
use std::process::ExitCode;

/// What a measurement comes to.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// What can be asked for, in the order in which it is measured.
const PARTS: [&str; 5] = ["contest", "binary", "documents", "archive", "million"];

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = asked.iter().find(|it| !PARTS.contains(&it.as_str())) {
        eprintln!("there is no measurement called {unknown}; there are: {}", PARTS.join(", "));
        return ExitCode::FAILURE;
    }
    let wanted = PARTS.iter().filter(|part| asked.is_empty() || asked.iter().any(|it| it == *part));
    for part in wanted {
        if let Err(error) = measure(part) {
            eprintln!("{part}: the figures could not be taken: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn measure(part: &str) -> Outcome<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    match part {
        "contest" => runtime.block_on(contest::measure()),
        "binary" => binary::measure(),
        "documents" => documents::measure(),
        "archive" => runtime.block_on(archive::measure()),
        "million" => runtime.block_on(million::measure()),
        other => Err(format!("{other} is in no list").into()),
    }
}
