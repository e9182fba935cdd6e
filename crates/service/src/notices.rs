//! The words of a notice: subject and text of the mail, from the locale's file. A mail carries the
//! case number and a link, and nothing of the case.

use std::fmt;

use domain::ids::CaseNumber;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use journal::SignedCheckpoint;

use crate::how_far::HowFar;
use crate::reactions::{News, Notice};
use crate::reviews::ReviewNews;

/// The mail texts of every language, compiled in.
const LOCALES: [(&str, &str); 1] = [("nb", include_str!("../locales/nb/mail.ftl"))];

/// Every text a locale must have.
const KEYS: [&str; 98] = [
    "new-report-subject",
    "new-report-text",
    "severe-report-subject",
    "severe-report-text",
    "reporter-wrote-subject",
    "reporter-wrote-text",
    "stage-subject",
    "stage-text",
    "overdue-subject",
    "overdue-text",
    "duty-stage-subject",
    "duty-stage-text",
    "duty-overdue-subject",
    "duty-overdue-text",
    "your-measure-subject",
    "your-measure-text",
    "measure-reminder-subject",
    "measure-reminder-text",
    "measure-dropped-subject",
    "measure-dropped-text",
    "measure-overdue-subject",
    "measure-overdue-text",
    "memo-waits-subject",
    "memo-waits-text",
    "notification-withdrawn-subject",
    "notification-withdrawn-text",
    "returned-subject",
    "returned-text",
    "assigned-subject",
    "assigned-text",
    "inquiry-outside-subject",
    "inquiry-outside-text",
    "confirmation-subject",
    "confirmation-text",
    "inquiry-subject",
    "inquiry-text",
    "inquiry-reminder-subject",
    "inquiry-reminder-text",
    "inquiry-answered-subject",
    "inquiry-answered-text",
    "inquiry-overdue-subject",
    "inquiry-overdue-text",
    "inquiry-over-subject",
    "inquiry-over-text",
    "contribution-given-subject",
    "contribution-given-text",
    "effect-review-due-subject",
    "effect-review-due-text",
    "opened-outside-role-subject",
    "opened-outside-role-text",
    "your-audit-subject",
    "your-audit-text",
    "audit-granted-subject",
    "audit-granted-text",
    "your-report-registered-subject",
    "your-report-registered-text",
    "your-report-received-subject",
    "your-report-received-text",
    "your-report-decided-subject",
    "your-report-decided-text",
    "your-report-closed-subject",
    "your-report-closed-text",
    "your-report-merged-subject",
    "your-report-merged-text",
    "your-report-reopened-subject",
    "your-report-reopened-text",
    "letter-signed-subject",
    "letter-signed-text",
    "letter-stopped-subject",
    "letter-stopped-text",
    "unusual-access-subject",
    "unusual-access-text",
    "not-archived-subject",
    "not-archived-text",
    "checkpoint-subject",
    "checkpoint-text",
    "input-asked-subject",
    "input-asked-text",
    "input-reminder-subject",
    "input-reminder-text",
    "input-given-subject",
    "input-given-text",
    "input-overdue-subject",
    "input-overdue-text",
    "review-waits-subject",
    "review-waits-text",
    "review-returned-subject",
    "review-returned-text",
    "review-approved-subject",
    "review-approved-text",
    "resolution-subject",
    "resolution-text",
    "resolution-reminder-subject",
    "resolution-reminder-text",
    "resolution-overdue-subject",
    "resolution-overdue-text",
    "next-review-subject",
    "next-review-text",
];

/// Mail texts in one language.
pub struct MailTexts(FluentBundle<FluentResource>);

/// Why mail texts cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub enum MailTextsFault {
    /// There are none in that language.
    NoSuchLanguage {
        /// The language asked for.
        language: String,
    },
    /// The file does not parse, or a text is missing.
    Text {
        /// Which text, or the whole file.
        key: &'static str,
    },
}

impl fmt::Display for MailTextsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchLanguage { language } => {
                let known: Vec<&str> = LOCALES.iter().map(|(name, _)| *name).collect();
                write!(f, "there are no mail texts in {language:?}, only in: {}", known.join(", "))
            }
            Self::Text { key } => write!(f, "the mail text {key:?} is missing or does not parse"),
        }
    }
}

impl std::error::Error for MailTextsFault {}

/// What mails say of the house they come from.
pub struct House<'a> {
    /// The address below which its pages are.
    pub base_url: &'a str,
    /// What it is called.
    pub organisation: &'a str,
}

/// A link that somebody outside is mailed.
pub struct SecretLink {
    /// Its secret. It is kept nowhere.
    pub(crate) secret: String,
    /// For how many days it works.
    pub(crate) days: u32,
}

/// A mail's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
}

impl MailTexts {
    /// The texts in a language.
    pub fn load(language: &str) -> Result<Self, MailTextsFault> {
        let (name, source) = LOCALES
            .iter()
            .find(|(name, _)| *name == language)
            .ok_or_else(|| MailTextsFault::NoSuchLanguage { language: language.to_owned() })?;
        let unparsed = MailTextsFault::Text { key: "mail.ftl" };
        let resource = FluentResource::try_new((*source).to_owned()).map_err(|_| unparsed)?;
        let locale = name.parse().map_err(|_| MailTextsFault::Text { key: "mail.ftl" })?;
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The marks around a number would show in plain-text mail.
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).map_err(|_| MailTextsFault::Text { key: "mail.ftl" })?;
        let texts = Self(bundle);
        match KEYS.into_iter().find(|key| texts.0.get_message(key).is_none()) {
            Some(key) => Err(MailTextsFault::Text { key }),
            None => Ok(texts),
        }
    }

    /// The words of a notice, with a link below the house's address: to what it is about, or, for
    /// somebody outside, the secret one they were given.
    #[must_use]
    pub fn words(&self, notice: &Notice, house: &House<'_>, link: Option<&SecretLink>) -> Words {
        let (name, hours) = match notice.news {
            News::NewReport => ("new-report", None),
            News::SevereReport => ("severe-report", None),
            News::ReporterWrote => ("reporter-wrote", None),
            News::Stage(stage) if stage.hours_left == 0 => ("overdue", None),
            News::Stage(stage) => ("stage", Some(stage.hours_left)),
            News::DutyStage(stage) if stage.hours_left == 0 => ("duty-overdue", None),
            News::DutyStage(stage) => ("duty-stage", Some(stage.hours_left)),
            News::YourMeasure(_) => ("your-measure", None),
            News::MeasureReminder(_) => ("measure-reminder", None),
            News::MeasureDropped => ("measure-dropped", None),
            News::MeasureOverdue => ("measure-overdue", None),
            News::MemoWaits => ("memo-waits", None),
            News::NotificationWithdrawn => ("notification-withdrawn", None),
            News::Returned => ("returned", None),
            News::Assigned => ("assigned", None),
            News::Inquiry(_) | News::InquiryReminder(_) if link.is_some() => {
                ("inquiry-outside", None)
            }
            News::Confirmation(_) => ("confirmation", None),
            News::Inquiry(_) => ("inquiry", None),
            News::InquiryReminder(_) => ("inquiry-reminder", None),
            News::InquiryAnswered => ("inquiry-answered", None),
            News::InquiryOverdue => ("inquiry-overdue", None),
            News::InquiryOver => ("inquiry-over", None),
            News::ContributionGiven => ("contribution-given", None),
            News::EffectReviewDue => ("effect-review-due", None),
            News::OpenedOutsideRole => ("opened-outside-role", None),
            News::YourAudit => ("your-audit", None),
            News::AuditGranted => ("audit-granted", None),
            News::YourReport(HowFar::Registered) => ("your-report-registered", None),
            News::YourReport(HowFar::Received) => ("your-report-received", None),
            News::YourReport(HowFar::Decided) => ("your-report-decided", None),
            News::YourReport(HowFar::Closed) => ("your-report-closed", None),
            News::YourReport(HowFar::Merged) => ("your-report-merged", None),
            News::YourReport(HowFar::Reopened) => ("your-report-reopened", None),
            News::Letter => ("letter-signed", None),
            News::LetterStopped => ("letter-stopped", None),
            News::UnusualAccess => ("unusual-access", None),
            News::NotArchived => ("not-archived", None),
            News::Review { news, .. } => (of_review(news), None),
        };
        let mut arguments = FluentArgs::new();
        if let Some(number) = notice.number {
            arguments.set("number", number.to_string());
        }
        if let News::Review { review, .. } = notice.news {
            arguments.set("number", review.to_string());
        }
        arguments.set(
            "link",
            match link {
                Some(SecretLink { secret, .. }) => format!("{}/answer/{secret}", house.base_url),
                None => address(notice, house.base_url),
            },
        );
        arguments.set("organisation", house.organisation);
        if let Some(SecretLink { days, .. }) = link {
            arguments.set("days", *days);
        }
        if let Some(hours) = hours {
            arguments.set("hours", hours);
        }
        Words {
            subject: self.say(&format!("{name}-subject"), &arguments),
            text: self.say(&format!("{name}-text"), &arguments),
        }
    }

    /// The words that a checkpoint of the log is handed over with.
    #[must_use]
    pub fn checkpoint(&self, number: u32, signed: &SignedCheckpoint) -> Words {
        let mut arguments = FluentArgs::new();
        // As texts: a number would be written with the language's separators.
        arguments.set("number", number.to_string());
        arguments.set("size", signed.checkpoint.size.to_string());
        arguments.set("checkpoint", signed.text().to_owned());
        Words {
            subject: self.say("checkpoint-subject", &arguments),
            text: self.say("checkpoint-text", &arguments),
        }
    }

    fn say(&self, key: &str, arguments: &FluentArgs<'_>) -> String {
        let message = self.0.get_message(key).expect("every key was looked for at load");
        let pattern = message.value().expect("a text has a value");
        self.0.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned()
    }
}

/// The texts for what has happened in a review.
fn of_review(news: ReviewNews) -> &'static str {
    match news {
        ReviewNews::InputAsked(_) => "input-asked",
        ReviewNews::InputReminder(_) => "input-reminder",
        ReviewNews::InputGiven => "input-given",
        ReviewNews::InputOverdue => "input-overdue",
        ReviewNews::Waits => "review-waits",
        ReviewNews::Returned => "review-returned",
        ReviewNews::Approved => "review-approved",
        ReviewNews::YourResolution(_) => "resolution",
        ReviewNews::ResolutionReminder(_) => "resolution-reminder",
        ReviewNews::ResolutionOverdue => "resolution-overdue",
        ReviewNews::NextDue => "next-review",
    }
}

/// Where the news is to be seen: the measure for its owner, who may see no more of the case.
fn address(notice: &Notice, base_url: &str) -> String {
    if let News::Review { review, news } = notice.news {
        let review = format!("{base_url}/reviews/{review}");
        return match news {
            ReviewNews::InputAsked(inquiry) | ReviewNews::InputReminder(inquiry) => {
                format!("{review}/inquiries/{inquiry}")
            }
            ReviewNews::YourResolution(resolution) | ReviewNews::ResolutionReminder(resolution) => {
                format!("{review}/resolutions/{resolution}")
            }
            ReviewNews::NextDue => format!("{base_url}/reviews"),
            _ => review,
        };
    }
    let Some(CaseNumber { year, sequence }) = notice.number else {
        return format!("{base_url}/alerts");
    };
    match notice.news {
        News::YourMeasure(measure) | News::MeasureReminder(measure) => {
            format!("{base_url}/cases/{year}/{sequence}/measures/{measure}")
        }
        News::Inquiry(inquiry) | News::InquiryReminder(inquiry) => {
            format!("{base_url}/cases/{year}/{sequence}/inquiries/{inquiry}")
        }
        // Its own page is gone with it, and they may see no more of the case.
        News::MeasureDropped => format!("{base_url}/measures"),
        // They have the code, and nobody else: neither number nor case stands in the address.
        News::YourReport(_) => format!("{base_url}/follow-up"),
        _ => format!("{base_url}/cases/{year}/{sequence}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::reactions::Recipient;
    use domain::deadline::Stage;
    use domain::ids::UserId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_language_has_every_text() {
        for (language, _) in LOCALES {
            assert!(MailTexts::load(language).is_ok(), "{language}");
        }
    }

    #[test]
    fn an_unknown_language_is_refused_with_the_known_ones() {
        let Err(fault) = MailTexts::load("xx") else { unreachable!("there is no such language") };
        assert!(fault.to_string().contains("nb"), "{fault}");
    }

    #[test]
    fn a_notice_carries_the_number_a_link_and_nothing_else() {
        let texts = MailTexts::load("nb").expect("bokmål is shipped");
        let number = CaseNumber { year: 2026, sequence: 17 };
        let to = Recipient::User(UserId(Uuid::from_u128(1)));
        let notice = Notice { to, number: Some(number), news: News::Stage(Stage::before(24)) };
        let base_url = "https://avvik.example.org";
        let house = House { base_url, organisation: "Fjellvik kommune" };
        let words = texts.words(&notice, &house, None);
        assert!(words.subject.contains("2026/17"), "{}", words.subject);
        assert!(words.subject.contains("24"), "{}", words.subject);
        assert!(words.text.contains("https://avvik.example.org/cases/2026/17"), "{}", words.text);
    }
}
