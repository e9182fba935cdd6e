//! Every setting of the service: `config/avvik.toml`, then `AVVIK_…` variables, then flags.

mod access;
mod archive;
mod case;
mod deadline;
mod digital_post;
mod duties;
mod hand_over;
mod mail;
mod notification;
mod problem;
mod proof;
mod reader;
mod server;
mod sources;
mod value;

use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use service::settings::{AccessSettings, CaseSettings};
use service::{Anchors, ArchiveSettings, DutySettings, FileLimits, NotificationSettings};
use tracing_subscriber::EnvFilter;

pub(crate) use problem::SettingsError;
pub(crate) use server::ServerSettings;

use crate::failure::Failure;
use deadline::Watch;
use digital_post::DigitalPostSettings;
use mail::MailSettings;
use reader::Reader;
use sources::{Flag, Sources};
use value::Value;

/// What an organisation decides about its service.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    /// Where it listens, and what it is called in links.
    pub(crate) server: ServerSettings,
    /// Where everything durable lies.
    pub(crate) data_dir: PathBuf,
    /// The master key, where it does not lie in the data directory.
    pub(crate) master_key_file: Option<PathBuf>,
    /// The time zone of every time on a page, and of the year in a case number.
    pub(crate) time_zone: Tz,
    /// The language of pages and mails.
    pub(crate) language: String,
    /// Whether the report form is open to people who have not signed in.
    pub(crate) report_without_login: bool,
    /// How large and how many attached files may be.
    pub(crate) files: FileLimits,
    /// Whether the data protection officer may decide on notification in the controller's place.
    pub(crate) delegated_to_dpo: bool,
    /// How often the running clocks are looked at.
    pub(crate) watch: Watch,
    /// How cases are looked at.
    pub(crate) access: AccessSettings,
    /// When those who have a part in a case are reminded.
    pub(crate) case: CaseSettings,
    /// How mail leaves the house.
    pub(crate) mail: MailSettings,
    /// Who carries digital post, where somebody does.
    pub(crate) digital_post: Option<DigitalPostSettings>,
    /// Minutes without a request after which somebody is signed out.
    pub(crate) session_idle_minutes: u32,
    /// Hours after which somebody is signed out whatever they do.
    pub(crate) session_hours_max: u32,
    /// The organisation's own categories of deviations, in place of those shipped.
    pub(crate) categories_dir: Option<PathBuf>,
    /// The organisation's own rules of advice, in place of those shipped.
    pub(crate) rules_dir: Option<PathBuf>,
    /// A picture that stands in the head of documents.
    pub(crate) logo: Option<PathBuf>,
    /// The duties by which cases are judged, and what the organisation is subject to.
    pub(crate) duties: DutySettings,
    /// What the authority is told of the organisation, and in which form.
    pub(crate) notification: NotificationSettings,
    /// Where and how closed cases are archived.
    pub(crate) archive: ArchiveSettings,
    /// Where checkpoints of the log go.
    pub(crate) anchors: Anchors,
    /// What is logged, in the notation of `tracing_subscriber::EnvFilter`.
    pub(crate) log_filter: String,
}

/// Settings given on the command line.
#[derive(Debug, Default)]
pub(crate) struct Flags {
    /// `--data-dir`.
    pub(crate) data_dir: Option<PathBuf>,
    /// `--listen`.
    pub(crate) listen: Option<String>,
}

impl Settings {
    /// Reads the settings of this process; `config` is the file that was named, if one was.
    pub(crate) fn load(config: Option<&Path>, flags: Flags) -> Result<Self, Failure> {
        let data_dir = flags.data_dir.map(|dir| Flag {
            name: "--data-dir",
            table: "data",
            key: "dir",
            value: Value::Path(dir),
        });
        let listen = flags.listen.map(|listen| Flag {
            name: "--listen",
            table: "server",
            key: "listen",
            value: Value::Words(listen),
        });
        Sources::collect(config, data_dir.into_iter().chain(listen).collect())
            .and_then(Self::read)
            .map_err(Failure::Settings)
    }

    /// The settings that the sources give together, or everything that is wrong with them.
    fn read(sources: Sources) -> Result<Self, SettingsError> {
        let mut reader = Reader::new(sources)?;
        let settings = Self::ask(&mut reader);
        reader.finish()?;
        Ok(settings)
    }

    fn ask(reader: &mut Reader) -> Self {
        let it = reader;
        let data_dir = it.ask("data", "dir", PATH, Value::path);
        let data_dir = data_dir.unwrap_or_else(|| PathBuf::from("data"));
        let whole = |max: u32| {
            move |value: &Value| {
                value.number(1..=i64::from(max)).and_then(|number| u32::try_from(number).ok())
            }
        };
        let time_zone = it
            .ask("organisation", "time_zone", TIME_ZONE, |value| value.text()?.parse().ok())
            .unwrap_or(Tz::Europe__Oslo);
        Self {
            server: ServerSettings::ask(it),
            master_key_file: it.ask("data", "master_key_file", PATH, Value::path),
            time_zone,
            language: it
                .ask("organisation", "language", LANGUAGE, |value| {
                    value.text().filter(|language| language == "nb")
                })
                .unwrap_or("nb".to_owned()),
            report_without_login: it
                .ask("report", "without_login", TRUTH, Value::truth)
                .unwrap_or(false),
            files: files(it),
            delegated_to_dpo: it
                .ask("decision", "delegated_to_dpo", TRUTH, Value::truth)
                .unwrap_or(false),
            watch: Watch::ask(it),
            access: access::ask(it),
            case: case::ask(it),
            mail: MailSettings::ask(it, &data_dir),
            digital_post: digital_post::ask(it),
            session_idle_minutes: it
                .ask("session", "idle_minutes", "a whole number from 1 to 1440", whole(1440))
                .unwrap_or(30),
            session_hours_max: it
                .ask("session", "hours_max", "a whole number from 1 to 168", whole(168))
                .unwrap_or(12),
            categories_dir: it.ask("categories", "dir", PATH, Value::path),
            rules_dir: it.ask("rules", "dir", PATH, Value::path),
            logo: it.ask("organisation", "logo", PATH, Value::path),
            duties: duties::ask(it, time_zone),
            notification: notification::ask(it),
            archive: archive::ask(it),
            anchors: proof::ask(it),
            log_filter: it.ask("log", "filter", FILTER, filter).unwrap_or("info".to_owned()),
            data_dir,
        }
    }
}

const PATH: &str = "a path, relative to the working directory or absolute";
const TRUTH: &str = "true or false";
const TIME_ZONE: &str = "the name of a time zone, such as Europe/Oslo or Europe/Stockholm";
const LANGUAGE: &str = "nb, bokmål";
const FILTER: &str = "error, warn, info, debug or trace, also per part: info,service=debug";

const FILE_MEGABYTES: &str = "a whole number from 1 to 25";
const FILES: &str = "a whole number from 1 to 10";

/// Together they stay below what one append of the journal takes.
fn files(reader: &mut Reader) -> FileLimits {
    let up_to = |max: i64| {
        move |value: &Value| value.number(1..=max).and_then(|number| usize::try_from(number).ok())
    };
    let standard = FileLimits::default();
    let megabytes = reader.ask("report", "file_megabytes_max", FILE_MEGABYTES, up_to(25));
    let files = reader.ask("report", "files_max", FILES, up_to(10));
    FileLimits {
        bytes_max: megabytes.map_or(standard.bytes_max, |it| it << 20),
        files_max: files.unwrap_or(standard.files_max),
    }
}

fn filter(value: &Value) -> Option<String> {
    let text = value.text()?;
    EnvFilter::try_new(&text).is_ok().then_some(text)
}

#[cfg(test)]
mod tests;
