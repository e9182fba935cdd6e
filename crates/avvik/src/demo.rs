//! `avvik serve --demo`: an invented organisation, for this machine alone.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use domain::Time;
use domain::organisation;
use service::Service;

use crate::failure::Failure;
use crate::output::say;
use crate::refusal;
use crate::setting_up::{Plan, Prepared, is_vacant, make_journal};
use crate::settings::Settings;

/// Where the demo's data lies, unless told otherwise.
pub(crate) const STANDARD_DIR: &str = "data/demo";

const PLAN: &str = include_str!("../../../config/demo.toml");

/// In every demo's data directory, so that it is never taken for a real one.
fn marker_in(dir: &Path) -> PathBuf {
    dir.join("demo")
}

/// Whether a demo's data lies there.
pub(crate) fn is_demo(dir: &Path) -> bool {
    marker_in(dir).exists()
}

/// Makes the data directory of a demo; false where there is one already.
pub(crate) fn make_data(settings: &Settings) -> Result<bool, Failure> {
    let dir = &settings.data_dir;
    if is_demo(dir) {
        return Ok(false);
    }
    if !is_vacant(dir)? {
        return Err(Failure::NotADemo { dir: dir.clone() });
    }
    make_journal(settings)?;
    let marker = marker_in(dir);
    let made = File::create(&marker).and_then(|file| file.sync_all());
    made.map_err(|source| Failure::NotMade { path: marker, source })?;
    Ok(true)
}

/// The settings with a folder that stands for the archive, where none is set.
pub(crate) fn with_archive(mut settings: service::Settings) -> Result<service::Settings, Failure> {
    if settings.archive.folder.is_none() {
        let folder = settings.data_dir.join("archive");
        fs::create_dir_all(&folder)
            .map_err(|source| Failure::NotMade { path: folder.clone(), source })?;
        settings.archive.folder = Some(folder);
    }
    Ok(settings)
}

/// Sets the invented organisation up, and prints everybody's one-time password once.
pub(crate) async fn begin(service: &Service, now: Time) -> Result<(), Failure> {
    let prepared = organisation(now)
        .map_err(|refusal| Failure::Refused { reason: refusal::sentence(&refusal) })?;
    let done = prepared.carry_out(service).await;
    let handouts = done.map_err(refusal::failure("the demo could not be set up"))?;
    say("The demo's people: sign-in name, one-time password, roles. Printed this once.")?;
    handouts.iter().try_for_each(|handout| say(&handout.to_string()))
}

fn organisation(now: Time) -> Result<Prepared, organisation::Refusal> {
    toml::from_str::<Plan>(PLAN).expect("a test has read it").prepare(now)
}

#[cfg(test)]
mod tests {
    use domain::Role;

    use super::*;

    #[test]
    fn the_demo_has_three_units_below_the_top_and_one_person_for_each_role() {
        let plan: Plan = toml::from_str(PLAN).unwrap();
        let below = plan.units.iter().filter(|it| it.under.as_ref() == Some(&plan.units[0].name));
        assert_eq!(below.count(), 3);
        assert_eq!(plan.units[0].under, None);
        let roles: Vec<Role> = plan.people.iter().flat_map(|it| it.roles.iter()).collect();
        let distinct: std::collections::BTreeSet<Role> = roles.iter().copied().collect();
        assert_eq!((roles.len(), distinct.len(), plan.people.len()), (9, 9, 9));
    }

    #[test]
    fn the_rules_agree_with_the_demo_and_nobody_in_it_gets_mail() {
        assert!(organisation(Time::default()).is_ok());
        let plan: Plan = toml::from_str(PLAN).unwrap();
        for person in plan.people {
            assert!(person.email.unwrap().ends_with("@example.org"));
        }
    }
}
