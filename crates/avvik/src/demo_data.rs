//! `avvik demo-data`: some invented years of an invented municipality, made by real commands at
//! invented times, to look at, to show and to measure with.

mod play;
mod script;
mod town;

use std::net::SocketAddr;
use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;
use service::{Clock, HandleError, MailSettings, Service};

use crate::arguments::DemoData;
use crate::failure::Failure;
use crate::output::{remark, say};
use crate::settings::{Flags, Settings};
use crate::{demo, refusal, start};
use play::Play;
use script::{Extent, Script};
use town::Town;

/// Of how many steps one line says that they were played.
const TOLD_EVERY: usize = 2_000;

/// What was made.
#[derive(Serialize)]
struct Made {
    cases: usize,
    steps: usize,
    seed: u64,
    until: NaiveDate,
}

/// Fills an empty data directory.
pub(crate) async fn run(asked: DemoData) -> Result<(), Failure> {
    let standard_dir = asked.place.data_dir.or_else(|| Some(demo::STANDARD_DIR.into()));
    let flags = Flags { data_dir: standard_dir, listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let until = asked.until.unwrap_or_else(|| Clock::system().now().date_naive());
    let (years, cases_per_year) = (asked.years, asked.cases_per_year);
    let extent = Extent { years, cases_per_year, seed: asked.seed, until };
    let town = Town::shipped();
    let script = Script::of(&town, extent);
    if !demo::make_data(&settings)? {
        return Err(Failure::NotEmpty { dir: settings.data_dir });
    }
    // Nobody is mailed what is invented. What is mailed all the same lies here, and goes with it.
    let mails = tempfile::tempdir()
        .map_err(|source| Failure::NotMade { path: std::env::temp_dir(), source })?;
    let for_service = quiet(&settings, mails.path())?;
    let (clock, hand) = Clock::by_hand(script.begins_at);
    let service = start::open(for_service, clock).await?;
    let played = fill(&service, &hand, &town, &script, asked.seed).await;
    service.close().await;
    played?;
    let made = Made {
        cases: script.deviations.len(),
        steps: script.scenes.len(),
        seed: asked.seed,
        until,
    };
    tell(&settings.data_dir, &made, asked.json)
}

/// The settings of a demo, whose mail goes nowhere.
fn quiet(settings: &Settings, mails: &Path) -> Result<service::Settings, Failure> {
    let bound: SocketAddr = settings.server.listen;
    let from = "avvik@example.org".to_owned();
    Ok(service::Settings {
        report_without_login: true,
        delegated_to_dpo: true,
        mail: MailSettings::Folder { directory: mails.to_owned(), from },
        ..settings.for_service(bound)?
    })
}

async fn fill(
    service: &Service,
    hand: &service::Hand,
    town: &Town,
    script: &Script,
    seed: u64,
) -> Result<(), Failure> {
    let not_made = refusal::failure("the demo could not be set up");
    let prepared = town.plan().prepare(script.begins_at);
    let prepared =
        prepared.map_err(|refusal| Failure::Refused { reason: refusal::sentence(&refusal) })?;
    let handouts = prepared.carry_out(service).await.map_err(not_made)?;
    let mut play = Play::new(service, hand, town, script, seed);
    play.employ().await.map_err(refusal::failure("the demo could not be set up"))?;
    let all = script.scenes.len();
    let told = |played: usize| {
        if played.is_multiple_of(TOLD_EVERY) {
            remark(&format!("{played} of {all} steps"));
        }
    };
    play.run(told).await.map_err(|(scene, error)| stuck(&scene, error))?;
    service.dispatch_once().await;
    say("The demo's people: sign-in name, one-time password, roles. Printed this once.")?;
    handouts.iter().try_for_each(|handout| say(&handout.to_string()))
}

fn stuck(scene: &script::Scene, error: HandleError) -> Failure {
    // Everything in it is invented.
    remark(&format!("the step that could not be taken: {scene:?}: {error:?}"));
    refusal::failure("the years could not be played to their end")(error)
}

fn tell(dir: &Path, made: &Made, json: bool) -> Result<(), Failure> {
    if json {
        let line = serde_json::to_string(made).expect("numbers and a day are JSON");
        return say(&line);
    }
    say(&format!("{} cases until {}, seed {}.", made.cases, made.until, made.seed))?;
    say(&format!("Look at them with: avvik serve --demo --data-dir {}", dir.display()))
}
