//! The binary: reads settings, wires the house together, runs the commands.
//!
//! Invariants: nothing is decided here that concerns a case; an error is one line that says what
//! to do, never a backtrace; a one-time password and a token are printed once and logged nowhere.

mod arguments;
mod assess;
mod backup;
mod checkpoint;
mod compact;
mod control;
mod demo;
mod demo_data;
mod erase;
mod export;
mod failure;
mod init;
mod keys;
mod logging;
mod merge;
mod output;
mod pack;
mod proof;
mod rebuild;
mod refusal;
mod restore;
mod serve;
mod setting_up;
mod settings;
mod start;
mod token;
mod verify;
mod verify_backup;
mod verify_proof;
mod verify_receipt;

use std::fs::File;
use std::io;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

pub use logging::log_filter;

/// What short-lived commands log: what went wrong, and of damaged files only what we make of it.
const COMMAND_FILTER: &str = "warn,sled=off";

/// More handles than the runtime takes when it is made.
const HANDLES_OF_RUNTIME: usize = 8;

/// Does what the command line asks, and says by the exit code whether it was done.
#[must_use]
pub fn main() -> ExitCode {
    let command = Arguments::parse().command;
    // There 1 means damage, or evidence that does not hold, so that whatever kept it from looking
    // is something else.
    let verifies = matches!(
        command,
        Command::Verify(_)
            | Command::VerifyBackup(_)
            | Command::VerifyProof(_)
            | Command::VerifyReceipt(_)
    );
    run(command).unwrap_or_else(|failure| {
        output::remark(&format!("avvik: {}", failure.chain()));
        if verifies { ExitCode::from(2) } else { failure.exit_code() }
    })
}

/// Refuses while there is time to: the runtime panics where it finds too few file handles.
fn has_handles() -> io::Result<()> {
    let handle = |_| File::open("/dev/null");
    (0..HANDLES_OF_RUNTIME).map(handle).collect::<io::Result<Vec<_>>>().map(drop)
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    if !matches!(command, Command::Serve(_)) {
        logging::begin(COMMAND_FILTER);
    }
    let runtime = has_handles()
        .and_then(|()| tokio::runtime::Runtime::new())
        .map_err(Failure::house("the operating system gives no threads"))?;
    runtime.block_on(async {
        match command {
            Command::Assess(asked) => assess::run(&asked)?,
            Command::Serve(asked) => serve::run(asked).await?,
            Command::Init(asked) => init::run(asked).await?,
            Command::DemoData(asked) => demo_data::run(asked).await?,
            Command::Token(asked) => token::run(asked).await?,
            Command::Export(asked) => export::run(asked).await?,
            Command::Erase(asked) => erase::run(asked).await?,
            Command::Keys(asked) => keys::run(asked).await?,
            Command::Rebuild(asked) => rebuild::run(&asked)?,
            Command::Compact(asked) => compact::run(&asked)?,
            Command::Checkpoint(asked) => checkpoint::run(asked).await?,
            Command::Proof(asked) => proof::run(asked).await?,
            Command::Backup(asked) => return backup::run(asked).await,
            Command::Restore(asked) => return restore::run(asked).await,
            Command::Merge(asked) => merge::run(asked).await?,
            Command::Verify(asked) => return verify::run(&asked),
            Command::VerifyBackup(asked) => return verify_backup::run(&asked),
            Command::VerifyProof(asked) => return verify_proof::run(&asked),
            Command::VerifyReceipt(asked) => return verify_receipt::run(&asked),
        }
        Ok(ExitCode::SUCCESS)
    })
}
