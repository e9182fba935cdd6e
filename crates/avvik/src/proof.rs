//! `avvik proof`: the evidence pack of a case, also while the service runs.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ids::CaseNumber;
use service::{Clock, Service};

use crate::arguments::Proof;
use crate::control::{self, Answer, ControlError, Question};
use crate::failure::Failure;
use crate::output::{say, write_new};
use crate::settings::{Flags, Settings};
use crate::{pack, start};

/// Writes the evidence of a case, which the service that runs gives, or one opened for the purpose.
pub(crate) async fn run(asked: Proof) -> Result<(), Failure> {
    let flags = Flags { data_dir: asked.place.data_dir, listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let question = Question::Proof { year: asked.case.year, sequence: asked.case.sequence };
    let answer = control::ask(&settings.data_dir, &question).map_err(Failure::Control)?;
    let bytes = match answer {
        Some(Answer::Proven(text)) => {
            let read = STANDARD.decode(text);
            read.map_err(|_| Failure::Control(ControlError::OtherAnswer))?
        }
        Some(Answer::Refused(reason)) => return Err(Failure::Refused { reason }),
        Some(_) => return Err(Failure::Control(ControlError::OtherAnswer)),
        None => {
            let for_service = settings.for_service(settings.server.listen)?;
            let service = start::open(for_service, Clock::system()).await?;
            let made = make(&service, asked.case).await;
            service.close().await;
            made?
        }
    };
    write_new(&asked.out, &bytes)?;
    let out = asked.out.display();
    say(&format!("{out} holds the evidence of case {}, and personal data with it.", asked.case))?;
    say(&format!("Whoever has it checks it with: avvik verify-proof {out}"))
}

/// The evidence pack of a case, from an open service.
pub(crate) async fn make(service: &Service, number: CaseNumber) -> Result<Vec<u8>, Failure> {
    let case = service.find_case(number).ok_or(Failure::NoSuchCase { number })?;
    let evidence = service.evidence(case).await;
    let evidence = evidence.map_err(Failure::house("there is no evidence"))?;
    pack::write(&evidence).map_err(Failure::house("the evidence cannot be packed"))
}
