//! `avvik init`: a new, empty data directory with its first administrator.

use domain::{Role, Roles};
use service::Clock;

use crate::arguments::Init;
use crate::failure::Failure;
use crate::output::say;
use crate::setting_up::{
    Handout, Plan, PlannedPerson, PlannedUnit, Prepared, is_vacant, make_journal,
};
use crate::settings::{Flags, Settings};
use crate::{refusal, start};

/// Sets up a real data directory, and prints the administrator's one-time password once.
pub(crate) async fn run(asked: Init) -> Result<(), Failure> {
    let flags = Flags { data_dir: asked.place.data_dir.clone(), listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    if !is_vacant(&settings.data_dir)? {
        return Err(Failure::NotEmpty { dir: settings.data_dir });
    }
    let clock = Clock::system();
    let prepared = plan(&asked)
        .prepare(clock.now())
        .map_err(|refusal| Failure::Refused { reason: refusal::sentence(&refusal) })?;
    let for_service = settings.for_service(settings.server.listen)?;
    let made = make_journal(&settings)?;
    match set_up(prepared, for_service, clock).await {
        Ok(handouts) => tell(&asked, &settings, &handouts),
        Err(failure) => {
            made.take_back();
            Err(failure)
        }
    }
}

async fn set_up(
    prepared: Prepared,
    for_service: service::Settings,
    clock: Clock,
) -> Result<Vec<Handout>, Failure> {
    let service = start::open(for_service, clock).await?;
    let done = prepared.carry_out(&service).await;
    service.close().await;
    done.map_err(refusal::failure("the organisation could not be set up"))
}

fn plan(asked: &Init) -> Plan {
    let unit = asked.organisation.clone();
    let sign_in_name = asked.administrator.clone();
    Plan {
        organisation: unit.clone(),
        units: vec![PlannedUnit { name: unit.clone(), under: None }],
        people: vec![PlannedPerson {
            name: asked.name.clone().unwrap_or_else(|| sign_in_name.clone()),
            sign_in_name,
            email: asked.email.clone(),
            unit,
            roles: Roles::from([Role::Administrator]),
        }],
    }
}

fn tell(asked: &Init, settings: &Settings, handouts: &[Handout]) -> Result<(), Failure> {
    let dir = settings.data_dir.display();
    say(&format!("{dir} is set up for {}.", asked.organisation))?;
    say("The first administrator and the one-time password, printed this once:")?;
    for handout in handouts {
        say(&handout.to_string())?;
    }
    say(&format!(
        "Keep a copy of {} apart from the data: without it nothing can be read.",
        settings.master_key_path().display()
    ))?;
    say(&format!("Start the service with: avvik serve --data-dir {dir}"))
}
