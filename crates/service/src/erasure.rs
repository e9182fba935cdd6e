//! Erasing: the fact is recorded first, then the keys are destroyed, so that what is broken off in
//! between is finished at the next start. The certificate says what was erased, and is read from
//! the log and the keyring whenever it is asked for.

use std::collections::HashSet;

use domain::case::erasure::{Erase, ErasureGround, PartInCase, Whose};
use domain::case::state::Closing;
use domain::case::{Case, Event, Request};
use domain::ids::{CaseId, CaseNumber, PersonId, UserId};
use domain::{Actor, Event as AnyEvent, Position, Recorded, Time};
use journal::{Access, KeyCount, KeysOf};

use crate::error::{HandleError, LookUpError, Refusal};
use crate::execute::folded;
use crate::open::Service;
use crate::permit::{self, Sight, SignedIn};
use crate::secrets::FormKey;

/// Proof that personal data was erased: what, when, on which ground and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// In which case.
    pub number: CaseNumber,
    /// Whose data.
    pub erased: Erased,
    /// When.
    pub at: Time,
    /// By whom.
    pub by: Actor,
    /// On which ground.
    pub ground: ErasureGround,
    /// Where the ground is found.
    pub basis: String,
    /// Where the erasure stands in the log.
    pub position: Position,
    /// How many keys were destroyed for it. None of them may be left.
    pub keys: KeyCount,
    /// Whether the master key was replaced since keys were last destroyed, so that no older copy
    /// of the keyring opens with today's.
    pub older_copies_closed: bool,
}

/// Whose data was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// Everybody's: the whole case.
    Everybody,
    /// One person's.
    Person {
        /// Whose key was destroyed.
        person: PersonId,
        /// What they were in the case.
        part: PartInCase,
    },
}

/// What can be erased in a case and what was, for somebody who may erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasures {
    /// What was erased, the oldest first.
    pub certificates: Vec<Certificate>,
    /// Those named as involved who can be erased apart, once the case is closed; for those who
    /// may know them.
    pub involved: Vec<(PersonId, UserId)>,
}

impl Erased {
    fn fits(self, whose: Whose) -> bool {
        match (self, whose) {
            // Whoever was in the case was erased with it.
            (Self::Everybody, _) => true,
            (Self::Person { part, .. }, Whose::Reporter) => part == PartInCase::Reporter,
            (Self::Person { person, .. }, Whose::Involved(asked)) => person == asked,
            (Self::Person { .. }, Whose::Everybody) => false,
        }
    }
}

impl Service {
    /// Erases personal data in a case, and answers with the certificate once it can be read by
    /// nobody. What was erased already is certified again.
    pub async fn erase(
        &self,
        who: &SignedIn,
        case: CaseId,
        erase: Erase,
        key: FormKey,
    ) -> Result<Certificate, HandleError> {
        let whose = erase.whose;
        self.step(who, case, Request::Erase(erase), key).await?;
        let certificates = self.certificates(case, &self.read(case.into()).await?);
        let theirs = certificates.into_iter().rev().find(|it| it.erased.fits(whose));
        theirs.ok_or_else(|| Refusal::Case(domain::case::Refusal::PersonNotInCase).into())
    }

    /// Refuses to erase somebody involved in a case that goes on in another while that one is open:
    /// they would see again what is looked into there.
    pub(crate) async fn check_erased(&self, case: CaseId, whose: Whose) -> Result<(), HandleError> {
        let Whose::Involved(person) = whose else { return Ok(()) };
        let mut known = folded(&self.read(case.into()).await?);
        if known.known().is_none_or(|case| case.involved.person(person).is_none()) {
            return Ok(());
        }
        while let Case::Closed(closed) = &known {
            let Closing::Merged { into } = closed.closing else { return Ok(()) };
            known = folded(&self.read(into.case.into()).await?);
            if let Case::Open(_) = known {
                return Err(Refusal::OtherCaseIsOpen { number: into.number }.into());
            }
        }
        Ok(())
    }

    /// What was erased in a case and who can be, for those who may erase. The look is noted.
    pub async fn erasures(
        &self,
        who: &SignedIn,
        case: CaseId,
        page: &'static str,
    ) -> Result<Erasures, LookUpError> {
        let (permit, sees_involved) = {
            let views = self.views();
            let row = views.inbox.row(case).ok_or(LookUpError::NotFound)?;
            let seen = permit::for_case(who, row, &views.organisation, false, self.now());
            let sight = seen.and_then(|permit| permit.sight());
            (permit::for_erasure(who, row), sight == Some(Sight::Everything))
        };
        let Some(permit) = permit else {
            self.note_refused(who, case, page).await?;
            return Err(LookUpError::NotFound);
        };
        self.note(who, Access::Case(case), page, permit.ground()).await?;
        let stream = self.journal().read_stream(case.into()).await.map_err(LookUpError::Read)?;
        let certificates = self.certificates(case, &stream);
        let involved = match folded(&stream) {
            Case::Closed(closed) if sees_involved => closed.case.involved.iter().collect(),
            _ => Vec::new(),
        };
        Ok(Erasures { certificates, involved })
    }

    /// Wraps every key under a new master key, and destroys the old one.
    pub async fn rotate_master_key(&self) -> Result<(), journal::KeyringError> {
        self.journal().rotate_master_key().await
    }

    /// Destroys every key whose erasure is on record in a case.
    pub(crate) async fn destroy_erased(&self, case: CaseId) -> Result<(), HandleError> {
        let stream = self.read(case.into()).await?;
        let these: HashSet<KeysOf> = stream.iter().filter_map(keys_erased).collect();
        self.journal().destroy_keys(these).await.map_err(HandleError::Keys)?;
        Ok(())
    }

    fn certificates(&self, case: CaseId, stream: &[Recorded]) -> Vec<Certificate> {
        let number = self.views().inbox.row(case).map(|row| row.number);
        let certificate = |recorded: &Recorded| {
            let AnyEvent::Case(event) = &recorded.event else { return None };
            let (erased, ground, basis) = match event {
                Event::CaseErased { ground, basis } => (Erased::Everybody, ground, basis),
                Event::PersonErased { person, part, ground, basis } => {
                    (Erased::Person { person: *person, part: *part }, ground, basis)
                }
                _ => return None,
            };
            Some(Certificate {
                number: number?,
                erased,
                at: recorded.at,
                by: recorded.by,
                ground: *ground,
                basis: basis.clone(),
                position: recorded.position,
                keys: self.journal().count_keys(keys_erased(recorded)?),
                older_copies_closed: !self.journal().is_rotation_due(),
            })
        };
        stream.iter().filter_map(certificate).collect()
    }
}

/// The keys that are gone once this is on record; none for what erases nothing.
#[must_use]
pub fn keys_erased(recorded: &Recorded) -> Option<KeysOf> {
    let person = match &recorded.event {
        AnyEvent::Case(Event::CaseErased { .. }) => None,
        AnyEvent::Case(Event::PersonErased { person, .. }) => Some(*person),
        _ => return None,
    };
    Some(KeysOf { stream: recorded.stream, person })
}
