//! `avvik verify-receipt`: whether a reporter's receipt is signed with a log's key.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use journal::{PublicKey, SignedReceipt};

use crate::arguments::VerifyReceipt;
use crate::failure::Failure;
use crate::output::say;

/// Checks a receipt, and says what it is for: 0 it is signed, 1 it is not.
pub(crate) fn run(asked: &VerifyReceipt) -> Result<ExitCode, Failure> {
    let VerifyReceipt { file, public_key } = asked;
    let key = PublicKey::read(&read(public_key)?);
    let key = key.ok_or_else(|| Failure::NotAKey { path: public_key.clone() })?;
    let Some(signed) = SignedReceipt::read(&read(file)?).filter(|it| it.is_signed_by(&key)) else {
        say("The receipt does NOT hold: it is none, was altered, or is signed with another key.")?;
        return Ok(ExitCode::FAILURE);
    };
    let receipt = &signed.receipt;
    say(&format!(
        "The receipt holds: the report of case {} was recorded at {}, at position {} of the log, \
         with the hash {}.",
        receipt.case,
        receipt.at.to_rfc3339(),
        receipt.position.0,
        receipt.hash
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|source| Failure::NotRead { path: path.to_owned(), source })
}
