//! What can be said to `avvik export`.

use std::path::PathBuf;

use clap::Args;
use domain::ids::CaseNumber;

use super::Place;

/// Write a case as files: its whole file as a document, what was attached, and the evidence.
///
/// A ZIP file for whoever is entitled to a copy of the case, as one person sees it: their role
/// decides what is in the document, and the look is in the access log under their name. It contains
/// personal data. Works while the service runs.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The case's number, such as 2026/17.
    #[arg(value_name = "CASE-NUMBER")]
    pub(crate) case: CaseNumber,
    /// The sign-in name of whoever ordered it.
    #[arg(long, value_name = "SIGN-IN-NAME")]
    pub(crate) by: String,
    /// The file to write, which must not be there yet.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Say what was written as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}
