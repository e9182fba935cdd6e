//! What was reported, and by whom where that may be seen.

use chrono::NaiveDate;
use domain::case::proposed::Source;
use domain::case::report::{Answer, Occurred, Report, Reporter};
use domain::category::answers::YES_NO_UNKNOWN;
use domain::category::{AnswerKind, Category, Question, QuestionName};
use service::{CaseSight, Sight};

use super::wording::{Fact, Section, Value, Wording};

/// The report, with the answers to the questions of its category as they were asked: in the version
/// it answered, and in the language of the form it was written in.
pub(super) fn section(wording: &Wording, report: &Report, category: Option<&Category>) -> Section {
    let mut facts = vec![
        wording.text("case-what_happened", &report.what_happened),
        wording.fact("case-channel", wording.term("channel", report.channel)),
        wording.fact("case-reported-category", wording.names.category_reported(report)),
        wording.fact("case-reported-unit", wording.names.unit(report.unit)),
    ];
    facts.extend(occurred(wording, report.occurred));
    facts.push(match report.discovered_at {
        Some(at) => wording.time("case-discovered", at),
        None => wording.fact("case-discovered", wording.say("no-answer")),
    });
    facts.extend(report.aware_at.map(|at| wording.time("case-told", at)));
    let personal_data = wording.term("personal_data", report.personal_data);
    let kinds = report.breach.iter().map(|kind| wording.term("breach_kind", *kind));
    let sensitive = report.sensitive.iter().map(|it| wording.term("sensitive", *it));
    facts.extend([
        wording.fact("case-personal_data", personal_data),
        wording.fact("case-breach", listed(wording, kinds)),
        wording.text("case-whose_data", &report.whose_data),
        wording.fact("case-people", wording.term("people_estimate", report.people)),
        wording.fact("case-sensitive", listed(wording, sensitive)),
        wording.text("case-systems_and_devices", &report.systems_and_devices),
        wording.text("case-done_already", &report.done_already),
    ]);
    let answers = report.answers.chunk_by(|one, next| one.question == next.question);
    let language = report.language.as_deref().unwrap_or(wording.texts.language().tag());
    facts.extend(answers.map(|it| answered(wording, it, category, language)));
    Section { id: "report", heading: wording.say("case-report-heading"), facts }
}

/// What stands in one place of a report: what was asked, and what was answered.
pub(crate) fn said(
    wording: &Wording,
    report: &Report,
    category: Option<&Category>,
    source: &Source,
) -> String {
    let one = |key: &str, value: String| format!("{}: {value}", wording.say(key));
    let several = |key: &str, words: Vec<String>| one(key, words.join(", "));
    match source {
        Source::PersonalData => {
            one("case-personal_data", wording.term("personal_data", report.personal_data))
        }
        Source::Breach => {
            let kinds = report.breach.iter().map(|kind| wording.term("breach_kind", *kind));
            several("case-breach", kinds.collect())
        }
        Source::People => one("case-people", wording.term("people_estimate", report.people)),
        Source::Sensitive => {
            let kinds = report.sensitive.iter().map(|it| wording.term("sensitive", *it));
            several("case-sensitive", kinds.collect())
        }
        Source::Confirmation => wording.say("case-confirmation-said"),
        Source::Channel => one("case-channel", wording.term("channel", report.channel)),
        Source::Category => one("case-reported-category", wording.names.category_reported(report)),
        Source::Answer(question) => {
            let answers = report.answers.iter().filter(|it| it.question == question.as_str());
            let answers: Vec<Answer> = answers.cloned().collect();
            let language = report.language.as_deref().unwrap_or(wording.texts.language().tag());
            let Fact { name, value } = answered(wording, &answers, category, language);
            let value = match value {
                Value::Words(words) => words.replace('\n', ", "),
                Value::Moment(moment) => moment.words().to_owned(),
            };
            // A question ends with its own mark.
            let mark = if name.ends_with('?') { "" } else { ":" };
            format!("{name}{mark} {value}")
        }
    }
}

/// Several words, one on each line.
fn listed(wording: &Wording, words: impl Iterator<Item = String>) -> String {
    let words = words.collect::<Vec<_>>().join("\n");
    if words.is_empty() { wording.say("no-answer") } else { words }
}

fn occurred(wording: &Wording, occurred: Occurred) -> Vec<Fact> {
    match occurred {
        Occurred::At(at) => vec![wording.time("case-occurred", at)],
        Occurred::Between { from, until } => vec![
            wording.time("case-occurred-from", from),
            match until {
                Some(until) => wording.time("case-occurred-until", until),
                None => wording.fact("case-occurred-until", wording.say("case-goes-on")),
            },
        ],
        Occurred::Unknown => {
            vec![wording.fact("case-occurred", wording.say("occurred-unknown"))]
        }
    }
}

/// The answers to one question under it; under the question's name, where it is asked no more.
fn answered(
    wording: &Wording,
    answers: &[Answer],
    category: Option<&Category>,
    language: &str,
) -> Fact {
    let name = answers.first().map_or("", |answer| answer.question.as_str());
    let question = QuestionName::new(name).ok().and_then(|name| category?.question(&name));
    let mut words = answers.iter().map(|it| wording.written(&it.answer));
    match question {
        None => Fact { name: name.to_owned(), value: listed(wording, words).into() },
        Some(question) => Fact {
            name: question.label.text(language).to_owned(),
            value: match question.kind {
                AnswerKind::Several => {
                    listed(wording, words.map(|it| chosen(question, it, language))).into()
                }
                _ => in_words(wording, question, words.next().unwrap_or_default(), language),
            },
        },
    }
}

/// What people read instead of what the answer stores.
fn in_words(wording: &Wording, question: &Question, stored: String, language: &str) -> Value {
    match question.kind {
        AnswerKind::Text | AnswerKind::LongText | AnswerKind::Number => stored.into(),
        AnswerKind::YesNoUnknown => match YES_NO_UNKNOWN.iter().find(|word| **word == stored) {
            Some(word) => wording.term("yes_no_unknown", *word).into(),
            None => stored.into(),
        },
        AnswerKind::Choice | AnswerKind::Several => chosen(question, stored, language).into(),
        AnswerKind::When => when(wording, stored),
    }
}

/// The label of a choice.
fn chosen(question: &Question, stored: String, language: &str) -> String {
    let choice = question.choices.iter().find(|it| it.value.as_str() == stored);
    choice.map_or(stored, |it| it.label.text(language).to_owned())
}

/// A date, or a date and a time on the clock.
fn when(wording: &Wording, stored: String) -> Value {
    if stored.parse::<NaiveDate>().is_ok() {
        // Noon is there in every time zone, whatever is done to the clocks that day.
        let noon = wording.zone.read(&format!("{stored}T12:00"));
        return match noon {
            Ok(at) => wording.zone.day(wording.texts, at).into(),
            Err(_) => stored.into(),
        };
    }
    match wording.zone.read(&stored) {
        Ok(at) => wording.moment(at).into(),
        Err(_) => stored.into(),
    }
}

/// Who reported, for those who may know.
pub(super) fn reporter(wording: &Wording, seen: &CaseSight) -> Option<Section> {
    match seen.sight {
        Sight::Everything => Some(known_reporter(wording, &seen.file.known.report.reporter)),
        Sight::WithoutReporter => None,
    }
}

fn known_reporter(wording: &Wording, reporter: &Reporter) -> Section {
    let openness = wording.fact("case-openness", wording.term("openness", reporter.openness()));
    let mut facts = vec![openness];
    match reporter {
        Reporter::Anonymous => (),
        Reporter::Named(identity) | Reporter::Confidential(identity) => match identity.get() {
            None => facts.push(wording.fact("case-reporter-name", wording.say("erased"))),
            Some(identity) => {
                let contact = identity.contact.clone().unwrap_or_else(|| wording.say("no-answer"));
                facts.push(wording.fact("case-reporter-name", identity.name.clone()));
                facts.push(wording.fact("case-reporter-contact", contact));
            }
        },
    }
    Section { id: "reporter", heading: wording.say("case-reporter-heading"), facts }
}
