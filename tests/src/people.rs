//! The organisation of the tests: three units, and one person for each role. All of it is invented.

use std::sync::LazyLock;

use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use domain::ids::{UnitId, UserId};
use domain::organisation::Request;
use domain::organisation::command::{CreateUnit, RegisterPerson};
use domain::{Role, Roles};
use service::Service;
use service::secrets::random_id;
use strum::IntoEnumIterator;

/// The password of everybody.
pub const PASSWORD: &str = "fem grønne epler på rad";

/// For how long the tests' tokens work: longer than any test moves the clock.
const TOKEN_DAYS: u16 = 3_650;

/// The names of the three units: the whole, and two that belong under it.
pub const UNITS: [&str; 3] = ["Fjellvik kommune", "Solbakken sykehjem", "Bjørkelia skole"];

/// The password's hash, made with as little work as Argon2 allows: it protects nothing.
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| {
    let params = Params::new(Params::MIN_M_COST, 1, 1, None).expect("the least is allowed");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(PASSWORD.as_bytes())
        .expect("a password of ordinary length is hashed")
        .to_string()
});

/// Somebody who signs in, with everything needed to do so.
#[derive(Debug, Clone)]
pub struct Person {
    /// Under which the service knows them.
    pub user: UserId,
    /// The name others see.
    pub name: String,
    /// What they sign in with, together with [`PASSWORD`].
    pub sign_in_name: String,
    /// The unit they belong to.
    pub unit: UnitId,
    /// A token for the API.
    pub token: String,
}

/// The units and people a test begins with.
#[derive(Debug, Clone)]
pub struct People {
    /// The whole, and the two units under it, in the order of [`UNITS`].
    pub units: [UnitId; 3],
    by_role: Vec<(Role, Person)>,
}

impl People {
    /// Names the organisation and sets up units and people.
    ///
    /// # Panics
    /// If they cannot be recorded.
    pub async fn set_up(service: &Service) -> Self {
        set_up(service, Request::Name(UNITS[0].to_owned())).await;
        let units = [(); 3].map(|()| UnitId(random_id()));
        for (unit, name) in units.into_iter().zip(UNITS) {
            let parent = (unit != units[0]).then_some(units[0]);
            let request = CreateUnit { unit, name: name.to_owned(), parent };
            set_up(service, Request::CreateUnit(request)).await;
        }
        let mut by_role = Vec::new();
        for role in Role::iter() {
            let (name, sign_in_name) = names(role);
            let unit = match role {
                Role::Employee | Role::Leader => units[1],
                Role::SystemOwner => units[2],
                _ => units[0],
            };
            by_role.push((role, register(service, name, sign_in_name, unit, [role]).await));
        }
        Self { units, by_role }
    }

    /// The person who holds that role and no other.
    ///
    /// # Panics
    /// Never: there is one for each.
    #[must_use]
    pub fn holder(&self, role: Role) -> &Person {
        let mut all = self.by_role.iter();
        all.find(|(held, _)| *held == role).map(|(_, person)| person).expect("one for each role")
    }
}

fn names(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Employee => ("Mona Strandvold", "melder"),
        Role::Leader => ("Leif Aasenhus", "leder"),
        Role::Dpo => ("Pernille Dahlheim", "personvernombud"),
        Role::SecurityOfficer => ("Sindre Vikstad", "sikkerhetssjef"),
        Role::SystemOwner => ("Synne Moengard", "systemeier"),
        Role::Controller => ("Kjersti Lundemo", "kommunedirektor"),
        Role::Archivist => ("Arne Holtvoll", "arkivar"),
        Role::Auditor => ("Randi Eidsnes", "revisor"),
        Role::Administrator => ("Anders Bergtun", "administrator"),
    }
}

/// Makes somebody a member, with [`PASSWORD`] and a token.
pub(crate) async fn register(
    service: &Service,
    name: &str,
    sign_in_name: &str,
    unit: UnitId,
    roles: impl Into<Roles>,
) -> Person {
    let user = UserId(random_id());
    let (name, sign_in_name) = (name.to_owned(), sign_in_name.to_owned());
    let member = RegisterPerson {
        user,
        sign_in_name: sign_in_name.clone(),
        name: name.clone(),
        email: Some(format!("{sign_in_name}@example.org")),
        unit,
    };
    let hash = PASSWORD_HASH.clone();
    set_up(service, Request::RegisterPerson(member)).await;
    set_up(service, Request::GrantRoles { user, roles: roles.into() }).await;
    set_up(service, Request::SetPassword { user, hash, one_time: false }).await;
    let issued = service.issue_token(None, user, "tests".to_owned(), TOKEN_DAYS).await;
    let token = issued.expect("the service may issue tokens");
    Person { user, name, sign_in_name, unit, token }
}

async fn set_up(service: &Service, request: Request) {
    service.set_up(request).await.expect("the service may set up the organisation");
}
