//! `avvik erase`: the personal data of a case destroyed for good, and the certificate of it, also
//! while the service runs.

use std::fmt;

use domain::case::Refusal;
use domain::case::erasure::{Erase, ErasureGround, Whose};
use domain::ids::CaseNumber;
use domain::{Actor, Time};
use serde::{Deserialize, Serialize};
use service::{Certificate, Clock, Erased, HandleError, Service};

use crate::arguments;
use crate::control::{self, Answer, ControlError, Question};
use crate::failure::Failure;
use crate::output::{remark, say};
use crate::settings::{Flags, Settings};
use crate::start;

/// An erasure as it is asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ordered {
    case: CaseNumber,
    reporter_alone: bool,
    ground: ErasureGround,
    basis: String,
    /// The sign-in name of whoever decided it.
    by: String,
}

/// Proof that personal data was erased.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Certified {
    /// The case's number.
    case: String,
    /// `everybody` or `reporter`.
    erased: String,
    at: Time,
    /// The identifier of whoever decided it.
    by: String,
    ground: ErasureGround,
    basis: String,
    /// Where the erasure stands in the log.
    position: u64,
    keys_destroyed: usize,
    keys_left: usize,
    older_copies_closed: bool,
}

/// Erases: by the service that runs, or by one opened for the purpose.
pub(crate) async fn run(asked: arguments::Erase) -> Result<(), Failure> {
    let flags = Flags { data_dir: asked.place.data_dir, listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let ground =
        if asked.ordered { ErasureGround::Ordered } else { ErasureGround::RetentionReached };
    let ordered = Ordered {
        case: asked.case,
        reporter_alone: asked.reporter,
        ground,
        basis: asked.ground,
        by: asked.by,
    };
    let answer = control::ask(&settings.data_dir, &Question::Erase(ordered.clone()));
    let certified = match answer.map_err(Failure::Control)? {
        Some(Answer::Erased(certified)) => certified,
        Some(Answer::Refused(reason)) => return Err(Failure::Refused { reason }),
        Some(_) => return Err(Failure::Control(ControlError::OtherAnswer)),
        None => {
            let for_service = settings.for_service(settings.server.listen)?;
            let service = start::open(for_service, Clock::system()).await?;
            let certified = carry_out(&service, ordered).await;
            service.close().await;
            certified?
        }
    };
    tell(&certified, asked.json)
}

/// Erases through an open service.
pub(crate) async fn carry_out(service: &Service, ordered: Ordered) -> Result<Certified, Failure> {
    let who = service.on_behalf_of(&ordered.by).ok_or(Failure::NobodySignsIn)?;
    let number = ordered.case;
    let case = service.find_case(number).ok_or(Failure::NoSuchCase { number })?;
    let whose = if ordered.reporter_alone { Whose::Reporter } else { Whose::Everybody };
    let erase = Erase { whose, ground: ordered.ground, basis: ordered.basis };
    let erased = service.erase(&who, case, erase, service::secrets::random_id().into()).await;
    erased.map(Certified::from).map_err(|error| match &error {
        HandleError::Refused(refusal) => Failure::Refused { reason: sentence(refusal).to_owned() },
        _ => Failure::house("the erasure was not finished")(error),
    })
}

fn sentence(refusal: &service::Refusal) -> &'static str {
    use service::Refusal as It;
    match refusal {
        It::Case(Refusal::OpenCaseNotErased) => {
            "the case is open: it is erased on the controller's order alone; add --ordered"
        }
        It::Case(Refusal::ErasureNotTheirs { ground: ErasureGround::Ordered }) => {
            "an order is the controller's, and not of one who is data protection officer too"
        }
        It::Case(Refusal::ErasureNotTheirs { ground: ErasureGround::RetentionReached }) => {
            "what was kept long enough is erased by the archivist or the data protection officer; \
             for the controller's order, add --ordered"
        }
        It::Case(Refusal::PersonNotInCase) => "nobody knows who reported the case",
        It::Case(Refusal::TextMissing { .. }) => "--ground says nothing",
        It::TooLong { .. } => "--ground is too long",
        It::NotPermitted | It::NoSuchCase => "whoever decided it has no role that erases",
        _ => "the case does not allow it",
    }
}

impl From<Certificate> for Certified {
    fn from(it: Certificate) -> Self {
        let erased = match it.erased {
            Erased::Everybody => "everybody",
            Erased::Person { part, .. } => part.into(),
        };
        Self {
            case: it.number.to_string(),
            erased: erased.to_owned(),
            at: it.at,
            by: match it.by {
                Actor::User(user) => user.to_string(),
                Actor::Service | Actor::Reporter | Actor::Respondent => "service".to_owned(),
            },
            ground: it.ground,
            basis: it.basis,
            position: it.position.0,
            keys_destroyed: it.keys.destroyed,
            keys_left: it.keys.living,
            older_copies_closed: it.older_copies_closed,
        }
    }
}

impl fmt::Display for Certified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ground: &str = self.ground.into();
        writeln!(f, "Certificate of erasure")?;
        writeln!(f, "  Case:            {}", self.case)?;
        writeln!(f, "  Erased:          {}", self.erased)?;
        writeln!(f, "  When:            {}", self.at.to_rfc3339())?;
        writeln!(f, "  Ground:          {ground}: {}", self.basis)?;
        writeln!(f, "  By:              {}", self.by)?;
        writeln!(f, "  In the log:      position {}", self.position)?;
        writeln!(f, "  Keys destroyed:  {}, left: {}", self.keys_destroyed, self.keys_left)
    }
}

/// The certificate on standard output; what is to be done about the master key beside it.
fn tell(certified: &Certified, json: bool) -> Result<(), Failure> {
    if json {
        say(&serde_json::to_string(certified).expect("a certificate has text keys alone"))?;
    } else {
        say(certified.to_string().trim_end())?;
    }
    remark(if certified.older_copies_closed {
        "The master key was replaced. Copy the new one to where you keep its copy, and destroy the \
         copy of the old one."
    } else {
        "The master key could not be replaced: an older copy of the keyring still opens what was \
         erased. The log says why; then run `avvik keys rotate`."
    });
    Ok(())
}
