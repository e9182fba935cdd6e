//! What the organisation decides about the service, as the binary has read and checked it.

use std::path::PathBuf;

use channels::digital_post::SvarUtSettings;
use channels::mail::SmtpSettings;
use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::archive::ArchiveSettings;
use crate::attachments::FileLimits;
use crate::checkpoints::Anchors;
use crate::duties::DutySettings;
use crate::notification::NotificationSettings;

/// Everything the service can be told.
#[derive(Debug)]
pub struct Settings {
    /// Where the journal, the keys and, without a mail server, the mails lie.
    pub data_dir: PathBuf,
    /// The master key, if it lies outside the data directory.
    pub master_key_file: Option<PathBuf>,
    /// The organisation's time zone: the year of a case number, and the times on pages.
    pub zone: Tz,
    /// The language of mails: a folder under `locales/`.
    pub language: String,
    /// Whether a report can be filed without signing in.
    pub report_without_login: bool,
    /// How large and how many attached files may be.
    pub files: FileLimits,
    /// How cases are looked at.
    pub access: AccessSettings,
    /// When those who have a part in a case are reminded.
    pub case: CaseSettings,
    /// Whether the data protection officer decides on notifications under delegation.
    pub delegated_to_dpo: bool,
    /// How often the clocks are looked at.
    pub watch_seconds: u32,
    /// How mail leaves.
    pub mail: MailSettings,
    /// Who carries digital post, where somebody does.
    pub digital_post: Option<Box<SvarUtSettings>>,
    /// The address people reach the service at, without a trailing slash; for links in mails.
    pub base_url: String,
    /// How long a session lasts without use.
    pub session_idle_minutes: u32,
    /// How long a session lasts at most.
    pub session_hours_max: u32,
    /// Where checkpoints of the log go.
    pub anchors: Anchors,
    /// The organisation's own categories; those shipped when absent.
    pub categories_dir: Option<PathBuf>,
    /// The organisation's own rules of advice; those shipped when absent.
    pub rules_dir: Option<PathBuf>,
    /// A picture that stands in the head of documents, in place of the organisation's name.
    pub logo: Option<PathBuf>,
    /// The duties by which cases are judged.
    pub duties: DutySettings,
    /// What the authority is told of the organisation, and in which form.
    pub notification: NotificationSettings,
    /// Where and how closed cases are archived.
    pub archive: ArchiveSettings,
}

/// How cases are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessSettings {
    /// For how long somebody sees a case they opened outside their role.
    pub outside_role_minutes: u32,
    /// With how many different cases within an hour reading is unusual.
    pub cases_an_hour: u32,
    /// How many times as many as somebody usually opens in their busiest hour of a day.
    pub times_usual: u32,
    /// With how many cases of one day reading what was closed long ago is unusual.
    pub old_cases_a_day: u32,
    /// For how many days a case has been closed that was closed long ago.
    pub old_after_days: u32,
    /// With how many refused looks of one day it is unusual.
    pub refused_a_day: u32,
    /// With how many rows of one day an export is a mass export.
    pub export_rows_a_day: u32,
    /// With how many rows of cases in lists and searches of one day it is unusual.
    pub listed_rows_a_day: u32,
    /// With how many searches of one day it is unusual.
    pub searches_a_day: u32,
}

impl Default for AccessSettings {
    fn default() -> Self {
        Self {
            outside_role_minutes: 60,
            cases_an_hour: 20,
            times_usual: 3,
            old_cases_a_day: 10,
            old_after_days: 365,
            refused_a_day: 10,
            export_rows_a_day: 500,
            listed_rows_a_day: 5_000,
            searches_a_day: 150,
        }
    }
}

/// When those who have a part in a case are reminded, and how long a link to a question works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSettings {
    /// How many days after it was done it is to be seen what a measure has led to.
    pub effect_review_days: u32,
    /// How many hours before an answer is due whoever was asked is reminded.
    pub reminder_hours: u32,
    /// How many days a secret link to a question works.
    pub link_days: u32,
}

impl CaseSettings {
    /// How long after it was done a measure is looked at again.
    #[must_use]
    pub fn review_after(&self) -> TimeDelta {
        TimeDelta::days(i64::from(self.effect_review_days))
    }

    /// How long before an answer is due whoever was asked is reminded.
    #[must_use]
    pub fn reminded_before(&self) -> TimeDelta {
        TimeDelta::hours(i64::from(self.reminder_hours))
    }
}

impl Default for CaseSettings {
    fn default() -> Self {
        Self { effect_review_days: 90, reminder_hours: 24, link_days: 14 }
    }
}

/// How mail leaves.
#[derive(Debug)]
pub enum MailSettings {
    /// Each mail lands as an `.eml` file in a folder.
    Folder {
        /// Which folder.
        directory: PathBuf,
        /// The sender's address.
        from: String,
    },
    /// By a mail server.
    Smtp(Box<SmtpSettings>),
}
