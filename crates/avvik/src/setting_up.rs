//! Setting up an organisation: its units, and its people with one-time passwords.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use domain::case::Acting;
use domain::ids::{UnitId, UserId};
use domain::organisation::command::{CreateUnit, RegisterPerson};
use domain::organisation::{self, Command, Organisation, Request};
use domain::{Role, Roles, Time};
use journal::{Journal, JournalError, StoreError};
use serde::Deserialize;
use service::secrets::random_id;
use service::{HandleError, Service};

use crate::failure::Failure;
use crate::settings::Settings;

/// An organisation as it begins.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    pub(crate) organisation: String,
    /// Each stands after the one it belongs under.
    #[serde(rename = "unit")]
    pub(crate) units: Vec<PlannedUnit>,
    #[serde(rename = "person")]
    pub(crate) people: Vec<PlannedPerson>,
}

/// A unit as it begins.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlannedUnit {
    pub(crate) name: String,
    /// The name of the unit it belongs under; none for the top.
    pub(crate) under: Option<String>,
}

/// Somebody who is there from the beginning.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlannedPerson {
    pub(crate) sign_in_name: String,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    /// The name of their unit.
    pub(crate) unit: String,
    pub(crate) roles: Roles,
}

/// Names stay out of logs.
impl fmt::Debug for PlannedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlannedPerson").field("roles", &self.roles).finish_non_exhaustive()
    }
}

/// A plan the organisation's rules agree with.
pub(crate) struct Prepared {
    /// The name, the units and the people.
    requests: Vec<Request>,
    /// Administrators last: where there is one, the setting up came to its end.
    people: Vec<PreparedPerson>,
}

struct PreparedPerson {
    user: UserId,
    sign_in_name: String,
    roles: Roles,
}

/// What somebody is handed to sign in with for the first time.
pub(crate) struct Handout {
    sign_in_name: String,
    one_time_password: String,
    roles: Roles,
}

/// One line, which others than people read too: `  <sign-in name>  <password>  <roles>`.
impl fmt::Display for Handout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles: Vec<&str> = self.roles.iter().map(<&str>::from).collect();
        write!(f, "  {}  {}  {}", self.sign_in_name, self.one_time_password, roles.join(","))
    }
}

impl Plan {
    /// Asks the rules before anything is written.
    pub(crate) fn prepare(self, now: Time) -> Result<Prepared, organisation::Refusal> {
        let mut units = BTreeMap::new();
        let mut requests = vec![Request::Name(self.organisation)];
        for it in self.units {
            let unit = UnitId(random_id());
            let parent = it.under.map(|name| unit_named(&units, &name));
            units.insert(it.name.clone(), unit);
            requests.push(Request::CreateUnit(CreateUnit { unit, name: it.name, parent }));
        }
        let mut people = Vec::new();
        for it in self.people {
            let user = UserId(random_id());
            let PlannedPerson { sign_in_name, name, email, unit, roles } = it;
            let unit = unit_named(&units, &unit);
            people.push(PreparedPerson { user, sign_in_name: sign_in_name.clone(), roles });
            let person = RegisterPerson { user, sign_in_name, name, email, unit };
            requests.push(Request::RegisterPerson(person));
        }
        people.sort_by_key(|it| it.roles.holds(Role::Administrator));
        agree(&requests, now)?;
        Ok(Prepared { requests, people })
    }
}

/// The unit of that name; where there is none, one that the rules know nothing of either.
fn unit_named(units: &BTreeMap<String, UnitId>, name: &str) -> UnitId {
    units.get(name).copied().unwrap_or_else(|| UnitId(random_id()))
}

/// Whether the rules carry the requests out one after the other, in an organisation of nothing.
fn agree(requests: &[Request], now: Time) -> Result<(), organisation::Refusal> {
    let mut organisation = Organisation::default();
    for request in requests {
        let command = Command { at: now, by: Acting::service(), request: request.clone() };
        for event in organisation::decide(&organisation, &command)? {
            organisation = organisation::evolve(organisation, &event);
        }
    }
    Ok(())
}

impl Prepared {
    /// Writes it all down, and hands back what each person is to be told.
    pub(crate) async fn carry_out(self, service: &Service) -> Result<Vec<Handout>, HandleError> {
        for request in self.requests {
            service.set_up(request).await?;
        }
        let mut handouts = Vec::new();
        for PreparedPerson { user, sign_in_name, roles } in self.people {
            let one_time_password = service.give_one_time_password(None, user).await?;
            let request = Request::GrantRoles { user, roles: roles.clone() };
            service.set_up(request).await?;
            handouts.push(Handout { sign_in_name, one_time_password, roles });
        }
        Ok(handouts)
    }
}

/// Whether the setting up of the organisation came to its end.
pub(crate) fn is_set_up(organisation: &Organisation) -> bool {
    organisation.holders(Role::Administrator).next().is_some()
}

/// Whether there is nothing at `dir`, or a directory with nothing in it.
pub(crate) fn is_vacant(dir: &Path) -> Result<bool, Failure> {
    match fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(source) => Err(Failure::NotMade { path: dir.to_owned(), source }),
    }
}

/// Makes the vacant data directory this user's alone, with an empty journal in it.
pub(crate) fn make_journal(settings: &Settings) -> Result<Made, Failure> {
    let dir = &settings.data_dir;
    let made = Made {
        data_dir: dir.clone(),
        master_key: Some(settings.master_key_path()).filter(|path| !path.exists()),
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .and_then(|()| fs::set_permissions(dir, Permissions::from_mode(0o700)))
        .map_err(|source| Failure::NotMade { path: dir.clone(), source })?;
    match Journal::init(&settings.journal()) {
        Ok(()) => Ok(made),
        Err(error) => {
            // Somebody else is setting up the same directory: what lies there is theirs.
            let is_theirs = matches!(
                error,
                JournalError::AlreadyInitialised { .. }
                    | JournalError::Store(StoreError::InUse { .. })
            );
            if !is_theirs {
                made.take_back();
            }
            Err(Failure::house("no journal could be set up")(error))
        }
    }
}

/// What setting up has made, as long as it may have to be taken back.
pub(crate) struct Made {
    data_dir: PathBuf,
    /// Where there was none before.
    master_key: Option<PathBuf>,
}

impl Made {
    /// Empties the directory, which was empty, so that the next try finds it as this one did.
    pub(crate) fn take_back(self) {
        let removed = fs::read_dir(&self.data_dir).and_then(|entries| {
            for entry in entries {
                let path = entry?.path();
                if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
            }
            Ok(())
        });
        let removed = removed.and_then(|()| match self.master_key {
            Some(path) if path.exists() => fs::remove_file(path),
            _ => Ok(()),
        });
        if let Err(error) = removed {
            tracing::warn!(%error, "what was set up halfway could not all be removed; do so");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(people: Vec<PlannedPerson>) -> Plan {
        let units = vec![PlannedUnit { name: "Top".to_owned(), under: None }];
        Plan { organisation: "Top".to_owned(), units, people }
    }

    fn person(sign_in_name: &str, role: Role) -> PlannedPerson {
        PlannedPerson {
            sign_in_name: sign_in_name.to_owned(),
            name: "Name".to_owned(),
            email: None,
            unit: "Top".to_owned(),
            roles: Roles::from([role]),
        }
    }

    fn refusal(people: Vec<PlannedPerson>) -> Option<organisation::Refusal> {
        plan(people).prepare(Time::default()).err()
    }

    #[test]
    fn a_plan_the_rules_do_not_agree_with_is_refused() {
        let one = || person("one", Role::Dpo);
        assert_eq!(refusal(vec![one()]), None);
        assert_eq!(refusal(vec![one(), one()]), Some(organisation::Refusal::SignInNameTaken));
        let spaced = person("one two", Role::Dpo);
        assert_eq!(refusal(vec![spaced]), Some(organisation::Refusal::SignInNameUnfit));
        let elsewhere = PlannedPerson { unit: "Elsewhere".to_owned(), ..one() };
        assert!(matches!(
            refusal(vec![elsewhere]),
            Some(organisation::Refusal::UnitUnknown { .. })
        ));
    }

    #[test]
    fn administrators_come_last() {
        let people = vec![person("one", Role::Administrator), person("two", Role::Dpo)];
        let prepared = plan(people).prepare(Time::default()).unwrap();
        let names: Vec<_> = prepared.people.iter().map(|it| &it.sign_in_name).collect();
        assert_eq!(names, ["two", "one"]);
    }

    #[test]
    fn a_handout_is_a_line_of_three_parts() {
        let handout = Handout {
            sign_in_name: "one".to_owned(),
            one_time_password: "abcde-fghjk".to_owned(),
            roles: Roles::from([Role::SecurityOfficer, Role::Dpo]),
        };
        assert_eq!(handout.to_string(), "  one  abcde-fghjk  dpo,security_officer");
    }
}
