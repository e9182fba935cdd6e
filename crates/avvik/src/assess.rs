//! `avvik assess`: what follows from a file of facts. No store is opened and nothing is kept.

mod words;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use domain::assessment::{Advice, Overrides};
use domain::case::facts::{Fact, Facts};
use domain::duty::{Duty, Verdict};
use service::assessment::{duty_book, preview};
use service::{Clock, Duties, OpenError, Preview, Rulebooks};
use web::Assessment;

use crate::arguments::Assess;
use crate::failure::Failure;
use crate::output::say;
use crate::settings::{Flags, Settings};

/// Bytes of a file of facts: many times what every fact needs.
const FACTS_BYTES_MAX: u64 = 256 * 1024;

/// The file that stands for what comes on standard input.
const STANDARD_INPUT: &str = "-";

/// Reads the facts and says what follows.
pub(crate) fn run(asked: &Assess) -> Result<(), Failure> {
    let settings = Settings::load(asked.config.as_deref(), Flags::default())?;
    let facts = read(&asked.facts)?;
    let not_opened = |source| Failure::NotOpened { source };
    let rulebooks = Rulebooks::load(settings.rules_dir.as_deref());
    let rulebooks = rulebooks.map_err(OpenError::Rulebooks).map_err(not_opened)?;
    let duties = Duties::load(settings.duties.directory.as_deref());
    let duties = duties.map_err(OpenError::Duties).map_err(not_opened)?;
    let book = duty_book(&duties, &settings.duties);
    let aware_on = asked.aware_on.unwrap_or_else(|| book.calendar.day_of(Clock::system().now()));
    let preview = preview(&rulebooks, &book, &facts, &Overrides::new(), aware_on);
    if asked.json {
        let answer = Assessment::new(&preview, &asked.language);
        let json = serde_json::to_string(&answer).expect("an answer has text keys alone");
        return say(&json);
    }
    say(told(&preview, &asked.language).trim_end())
}

fn read(path: &Path) -> Result<Facts, Failure> {
    let failed = |source| Failure::NotRead { path: path.to_owned(), source };
    let mut text = Vec::new();
    let mut bytes: Box<dyn Read> = if path == Path::new(STANDARD_INPUT) {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(failed)?)
    };
    bytes.by_ref().take(FACTS_BYTES_MAX + 1).read_to_end(&mut text).map_err(failed)?;
    if FACTS_BYTES_MAX < text.len() as u64 {
        return Err(Failure::FactsTooLarge { path: path.to_owned(), most: FACTS_BYTES_MAX });
    }
    serde_json::from_slice(&text)
        .map_err(|source| Failure::NotFacts { path: path.to_owned(), source })
}

/// The answer for people.
fn told(preview: &Preview<'_>, language: &str) -> String {
    let advice = &preview.advice;
    let mut lines = vec![format!("{}.", words::outcome(advice.outcome)), String::new()];
    lines.extend(severity(advice));
    lines.extend(rules(advice, language));
    if !advice.questions.is_empty() {
        lines.push("What is not known and could change it:".to_owned());
        lines.extend(advice.questions.iter().map(|fact| format!("  {}", name(*fact))));
        lines.push(String::new());
    }
    let duty = |(duty, verdict): &(&Duty, Verdict)| {
        let perhaps = if *verdict == Verdict::Unknown { ", perhaps" } else { "" };
        let length = String::from(duty.length);
        format!("  {} ({}, {length}){perhaps}", duty.title.text(language), duty.id)
    };
    let duties = preview.duties.iter().filter(|(_, verdict)| *verdict != Verdict::No);
    lines.push("Duties:".to_owned());
    lines.extend(duties.map(duty));
    lines.join("\n")
}

fn severity(advice: &Advice<'_>) -> Vec<String> {
    let it = &advice.severity;
    let provisional = if it.is_provisional() { ", provisional" } else { "" };
    let band = words::band(it.band);
    let mut lines = vec![format!("Severity {}, {band}{provisional}:", score(it.quarters))];
    for factor in &it.factors {
        let what = words::factor(factor.kind);
        let because = words::because(factor.because);
        lines.push(format!("  {} {what}: {because}", score(factor.quarters)));
    }
    lines.extend(it.flags.iter().map(|flag| format!("  Not counted: {}", words::flag(*flag))));
    lines.push(String::new());
    lines
}

fn rules(advice: &Advice<'_>, language: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if !advice.fired.is_empty() {
        lines.push("Why:".to_owned());
    }
    for it in &advice.fired {
        let (reason, cite) = (it.rule.reason.text(language), it.rule.cite.text(language));
        let rule = format!("{}/{}, version {}", it.book.id, it.rule.name, it.book.version);
        lines.push(format!("  {}: {reason} ({cite}; {rule})", words::outcome(it.rule.outcome)));
        if !it.unknown.is_empty() {
            let unknown: Vec<&str> = it.unknown.iter().map(|fact| name(*fact)).collect();
            lines.push(format!("    Counted as a risk, since not known: {}", unknown.join(", ")));
        }
    }
    let cleared = advice.cleared.iter().flat_map(|it| {
        it.grounds.iter().map(move |ground| {
            let (reason, cite) = (ground.reason.text(language), ground.cite.text(language));
            format!("  {}/{}: {reason} ({cite})", it.book.id, it.rule.name)
        })
    });
    let cleared: Vec<String> = cleared.collect();
    if !cleared.is_empty() {
        lines.push("Cleared:".to_owned());
        lines.extend(cleared);
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

fn name(fact: Fact) -> &'static str {
    fact.into()
}

/// Quarters as a decimal number.
fn score(quarters: u8) -> String {
    format!("{}.{:02}", quarters / 4, quarters % 4 * 25)
}
