//! The command line: what can be asked, and how.

mod demo_data;
mod export;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::RangedI64ValueParser;
use clap::{Args, Parser, Subcommand};
use domain::ids::CaseNumber;

pub(crate) use demo_data::DemoData;
pub(crate) use export::Export;

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 it could not be done, `verify` or `verify-backup` found damage, or for \
`verify-proof` the evidence does not hold; 2 it was not begun: wrong command line or settings, \
data from a newer version, or, for `verify`, `verify-backup` and `verify-proof`, nothing could be \
looked at.

Settings come from config/avvik.toml, then from variables such as AVVIK_SERVER_LISTEN, then from \
flags; the later wins. The file itself says what each setting is for.";

/// Takes deviations with personal data from the report to the closed case, within the 72 hours.
#[derive(Debug, Parser)]
#[command(name = "avvik", version, after_help = EXIT_CODES, subcommand_required = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One thing the binary does.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the service until SIGTERM or SIGINT.
    Serve(Serve),
    /// Set up a new, empty data directory with its first administrator.
    Init(Init),
    /// Check that no byte of the logs was changed: exit code 0 intact, 1 damaged, 2 not looked at.
    Verify(Verify),
    /// Sign how far the log has come, and hand that to the anchors.
    Checkpoint(Report),
    /// Write the evidence pack of a case: its events, and the proof that they stand in the log.
    Proof(Proof),
    /// Write a case as files: its whole file as a document, what was attached, and the evidence.
    Export(Export),
    /// Check an evidence pack: exit code 0 it holds, 1 it does not, 2 not looked at.
    VerifyProof(VerifyProof),
    /// Check a reporter's receipt: exit code 0 it is signed, 1 it is not, 2 not looked at.
    VerifyReceipt(VerifyReceipt),
    /// Build every view from the log, and say how long that took.
    Rebuild(Report),
    /// Write the store anew without the room it no longer needs; the service is stopped for it.
    Compact(Report),
    /// Say what follows from a file of facts: severity, advice and duties. Nothing is stored.
    Assess(Assess),
    /// Fill an empty data directory with some years of an invented municipality.
    DemoData(DemoData),
    /// Issue a bearer token for the API; it is printed once.
    Token(Token),
    /// Erase the personal data of a case for good, and print the certificate.
    Erase(Erase),
    /// Look after the keys.
    #[command(subcommand)]
    Keys(Keys),
    /// Back up everything recorded, or what is new since the last time.
    Backup(Backup),
    /// Check a backup: exit code 0 whole, 1 damaged, 2 not looked at.
    VerifyBackup(VerifyBackup),
    /// Restore a backup into an empty data directory.
    Restore(Restore),
    /// Take over what was recorded in a crisis copy.
    Merge(Merge),
}

/// Back up everything recorded, or what is new since the last time.
///
/// The logs go to DIR, where only what is new is added; the keys go to KEYDIR, where they replace
/// the older ones: what was erased in between can then not be read from the logs any more. Keep the
/// two apart, and no older copies of KEYDIR. Works while the service runs.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Where the logs go: an empty directory, or one with an earlier backup.
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Where the keys go, instead of DIR/keys.
    #[arg(long, value_name = "KEYDIR")]
    pub(crate) keys: Option<PathBuf>,
    /// Say it as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Check a backup.
///
/// Reads every file of it, recomputes every hash, follows both logs from end to end, compares with
/// the checkpoints in it, and opens every seal that the keys still open. The log in it holds
/// personal data of nobody without the keys; without them, the rest is checked.
#[derive(Debug, Args)]
pub(crate) struct VerifyBackup {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The backup.
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Where its keys are, instead of DIR/keys.
    #[arg(long, value_name = "KEYDIR")]
    pub(crate) keys: Option<PathBuf>,
    /// A file with checkpoints from elsewhere to compare with too: a file they were appended to,
    /// or a mail.
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoint: Option<PathBuf>,
    /// Say it as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Restore a backup into an empty data directory.
///
/// What is damaged is refused, and then nothing is restored. Keys whose erasure is on record are
/// destroyed anew. Everybody has to sign in again.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The backup.
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Where its keys are, instead of DIR/keys; also `keys` of a data directory that was stopped.
    #[arg(long, value_name = "KEYDIR")]
    pub(crate) keys: Option<PathBuf>,
    /// Make a crisis copy, to be used while the service itself cannot be: its pages say so, its
    /// cases get numbers from 90001 on, and `avvik merge` brings back what is recorded in it.
    #[arg(long)]
    pub(crate) crisis: bool,
    /// Say it as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Take over what was recorded in a crisis copy.
///
/// Stop the copy for good, and the service here; then take over its data directory, or a backup of
/// it, before the service starts again. Everything keeps its time and who did it. What both sides
/// have changed since the copy began is left out and listed, for somebody to enter by hand. Merging
/// again changes nothing.
#[derive(Debug, Args)]
pub(crate) struct Merge {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The copy's data directory, or a backup of it.
    #[arg(value_name = "COPY")]
    pub(crate) copy: PathBuf,
    /// Where the backup's keys are, instead of COPY/keys.
    #[arg(long, value_name = "KEYDIR")]
    pub(crate) keys: Option<PathBuf>,
    /// The copy's master key, where it lies neither in its data directory nor in its backup.
    #[arg(long, value_name = "FILE")]
    pub(crate) master_key: Option<PathBuf>,
    /// Say it as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Look after the keys.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Wrap every key under a new master key, and destroy the old one.
    ///
    /// Every erasure does so by itself. Copy the new master key afterwards to where you keep its
    /// copy, and destroy the copy of the old one. Works while the service runs.
    Rotate(Place),
}

/// Where the settings and the data lie.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The settings file, instead of config/avvik.toml.
    #[arg(long, value_name = "FILE", env = "AVVIK_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// The data directory, instead of the setting data.dir.
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
}

/// Run the service until SIGTERM or SIGINT.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The address and port to listen on, instead of the setting server.listen.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<String>,
    /// Run with an invented organisation, on this machine alone; set up at the first start, when
    /// everybody's one-time password is printed. Reports need no sign-in. Without --data-dir, the
    /// data lies in data/demo.
    #[arg(long)]
    pub(crate) demo: bool,
}

/// Set up a new, empty data directory.
///
/// Makes the directory, the master key, the keyring and the log, names the organisation, sets up
/// its top unit and the first administrator. The administrator's one-time password is printed
/// once: a new one is chosen at the first sign-in. Take a copy of the master key and keep it apart
/// from the data; without it nothing can be read.
#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The organisation's name, as it stands on pages and documents.
    #[arg(long, value_name = "NAME")]
    pub(crate) organisation: String,
    /// The name the first administrator signs in with.
    #[arg(long, value_name = "SIGN-IN-NAME")]
    pub(crate) administrator: String,
    /// The administrator's name as others see it; without it, the sign-in name.
    #[arg(long, value_name = "FULL-NAME")]
    pub(crate) name: Option<String>,
    /// Where mail for the administrator goes.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: Option<String>,
}

/// Look at the log and say what was found.
#[derive(Debug, Args)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Say it as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Check that no byte of the logs was changed.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) report: Report,
    /// A file with checkpoints from elsewhere to compare with too: a file they were appended to,
    /// or a mail.
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoint: Option<PathBuf>,
}

/// Write the evidence pack of a case.
///
/// A ZIP file with everything recorded in the case, readable, and with what it takes to check that
/// it stands in the log so. It contains personal data. Works while the service runs.
#[derive(Debug, Args)]
pub(crate) struct Proof {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The case's number, such as 2026/17.
    #[arg(value_name = "CASE-NUMBER")]
    pub(crate) case: CaseNumber,
    /// The file to write, which must not be there yet.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// Check an evidence pack, with nothing but the file and the log's public key.
#[derive(Debug, Args)]
pub(crate) struct VerifyProof {
    /// The evidence pack.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The log's public key as you have it from elsewhere, instead of the one in the pack.
    #[arg(long, value_name = "FILE")]
    pub(crate) public_key: Option<PathBuf>,
    /// Say it as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Say what follows from a file of facts.
///
/// The severity by the method of ENISA, what is advised and by which rules, what could change it,
/// and which duties are triggered. The facts are a JSON object, every field of which may be left
/// out: docs/FACTS.md. Neither a case nor a data directory is needed, and nothing is stored.
#[derive(Debug, Args)]
pub(crate) struct Assess {
    /// The file of facts; `-` for standard input.
    #[arg(value_name = "FACTS.json")]
    pub(crate) facts: PathBuf,
    /// The settings file, instead of config/avvik.toml.
    #[arg(long, value_name = "FILE", env = "AVVIK_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Judge by the rules and duties of that day, instead of today's.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) aware_on: Option<NaiveDate>,
    /// The language of reasons and titles: en, nb, nn or sv.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub(crate) language: String,
    /// Say it as one line of JSON, as the API does.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Check a reporter's receipt, with nothing but the text and the log's public key.
///
/// That its report still stands in the log, the page `/receipt` of the running service says.
#[derive(Debug, Args)]
pub(crate) struct VerifyReceipt {
    /// The signed text.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The log's public key: `checkpoint.pub` of the data directory.
    #[arg(long, value_name = "FILE")]
    pub(crate) public_key: PathBuf,
}

/// Issue a bearer token for the API.
///
/// It acts for the person it is issued for, with what their roles permit. It is printed once and
/// kept nowhere. Works while the service runs.
#[derive(Debug, Args)]
pub(crate) struct Token {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The name that the person it acts for signs in with.
    #[arg(long, value_name = "SIGN-IN-NAME")]
    pub(crate) user: String,
    /// What it is used for, to recognise it by.
    #[arg(long, value_name = "TEXT")]
    pub(crate) label: String,
    /// Days until it stops working.
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = days())]
    pub(crate) days: u16,
    /// Say it as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Erase the personal data of a case for good.
///
/// The keys that it is sealed with are destroyed, and the master key is replaced: copy the new one
/// afterwards to where you keep its copy, and destroy the copy of the old one. What was decided
/// when, and what is counted, stays. The certificate is printed; the API shows it again. Works
/// while the service runs.
#[derive(Debug, Args)]
pub(crate) struct Erase {
    #[command(flatten)]
    pub(crate) place: Place,
    /// The case's number, such as 2026/17.
    #[arg(value_name = "CASE-NUMBER")]
    pub(crate) case: CaseNumber,
    /// Only who reported; what they wrote stays.
    #[arg(long)]
    pub(crate) reporter: bool,
    /// On the controller's order; without it, because it was kept long enough.
    #[arg(long)]
    pub(crate) ordered: bool,
    /// Where the ground is found, such as a provision or the number of a decision. It is kept for
    /// good, in the open: it names nobody.
    #[arg(long, value_name = "TEXT")]
    pub(crate) ground: String,
    /// The name that whoever decided it signs in with: the archivist or the data protection
    /// officer, or for an order the controller.
    #[arg(long, value_name = "SIGN-IN-NAME")]
    pub(crate) by: String,
    /// Say it as one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// At most a year: whoever still needs a token then asks for a new one.
fn days() -> RangedI64ValueParser<u16> {
    RangedI64ValueParser::new().range(1..=366)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_token_works_for_at_most_a_year() {
        let of = |days| {
            Arguments::try_parse_from([
                "avvik", "token", "--user", "u", "--label", "l", "--days", days,
            ])
        };
        assert!(of("366").is_ok());
        assert!(of("367").is_err());
        assert!(of("0").is_err());
    }
}
