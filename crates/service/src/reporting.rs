//! Filing a report: what the form says becomes a case, and the reporter gets a receipt.

use std::collections::BTreeSet;

use domain::case::command::FileReport;
use domain::case::report::{
    Answer, BreachKind, Channel, Occurred, Openness, PeopleEstimate, PersonalDataAffected, Report,
    Reporter, ReporterIdentity, Sensitive,
};
use domain::case::{Acting, AttachmentSource, Request};
use domain::category::{Category, CategoryId, QuestionName, Reported};
use domain::condition::Stated;
use domain::ids::{CaseId, CaseNumber, UnitId};
use domain::{Erasable, Role, Time};
use journal::{CheckpointError, SignedReceipt};

use crate::attachments::Upload;
use crate::error::{HandleError, Refusal};
use crate::execute::{TEXT_CHARACTERS_MAX, folded};
use crate::open::Service;
use crate::permit::SignedIn;
use crate::secrets::{FormKey, follow_up_hash};

/// Characters of a name or a way to reach somebody.
pub const NAME_CHARACTERS_MAX: usize = 200;

/// A report as it was filled in.
#[derive(Clone)]
pub struct Filing {
    /// Who filled it in, if they signed in. An anonymous report keeps nothing of it.
    pub by: Option<SignedIn>,
    /// The way it came in; what came by anything but the form is entered by somebody signed in,
    /// and what nobody reported by the data protection officer.
    pub channel: Channel,
    /// How open the reporter wants to be.
    pub openness: Openness,
    /// The reporter's name, where they gave one.
    pub name: Option<String>,
    /// How to reach the reporter, where they said so.
    pub contact: Option<String>,
    /// The category.
    pub category: CategoryId,
    /// What happened.
    pub what_happened: String,
    /// When it happened.
    pub occurred: Occurred,
    /// When it was discovered.
    pub discovered_at: Option<Time>,
    /// When the organisation got to know, where it is registered for somebody else.
    pub aware_at: Option<Time>,
    /// Where it happened.
    pub unit: UnitId,
    /// Systems and devices involved.
    pub systems_and_devices: String,
    /// Whether personal data is affected.
    pub personal_data: PersonalDataAffected,
    /// In which ways.
    pub breach: BTreeSet<BreachKind>,
    /// Whose data.
    pub whose_data: String,
    /// Roughly how many people.
    pub people: PeopleEstimate,
    /// What is affected that is more serious than other data.
    pub sensitive: BTreeSet<Sensitive>,
    /// What has been done already.
    pub done_already: String,
    /// Answers to the category's own questions, by the question's name. Those to questions that do
    /// not apply are not kept.
    pub answers: Vec<(QuestionName, String)>,
    /// The language in which the questions were put.
    pub language: String,
    /// Files that came with it.
    pub files: Vec<Upload>,
}

/// What a receipt that holds is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedOf {
    /// The case's number.
    pub case: String,
    /// When the report came in.
    pub at: Time,
}

/// What a reporter is handed.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The case the report opened.
    pub case: CaseId,
    /// The number people use for it.
    pub number: CaseNumber,
    /// The code to come back with. It is shown this once and kept nowhere.
    pub follow_up_code: String,
    /// The signed text that proves that the report was taken in; nothing where it could not be
    /// signed, which the log says.
    pub signed: Option<String>,
}

impl Service {
    /// Files a report. The same form sent twice leads to one case and the same receipt; sent again
    /// with something else in it, that is not recorded ([`Self::filed_under`]).
    pub async fn report(&self, mut filing: Filing, key: FormKey) -> Result<Receipt, HandleError> {
        self.check(&filing)?;
        let case = key.case();
        let idempotency = Some(key.idempotency("report"));
        if let Some(number) = self.number_of(case) {
            self.was_carried_out(idempotency).await?;
            return Ok(self.receipt(case, number, key).await);
        }
        let uploads = std::mem::take(&mut filing.files);
        let about = reporter(&filing, key).person();
        let taken = self.take_in(uploads, AttachmentSource::Reporter, about, key)?;
        let number = self.next_number();
        let by = acting(&filing);
        let category = self.category(&filing.category).ok_or(Refusal::NoSuchCategory)?;
        self.record_category(category).await?;
        let severe = category.severe(reported(&filing));
        let report = to_report(category, filing, number, key);
        let file = FileReport { report, severe, attachments: taken.attachments };
        let request = Request::Report(Box::new(file));
        let carried_out = self.carry_out_with(case, by, request, idempotency, taken.files).await;
        match (carried_out, self.number_of(case)) {
            // Two sendings of one form may have raced; the case has the number of whichever won.
            (Ok(()) | Err(HandleError::Refused(_)), Some(number)) => {
                Ok(self.receipt(case, number, key).await)
            }
            (Ok(()), None) => Ok(self.receipt(case, number, key).await),
            (Err(error), _) => Err(error),
        }
    }

    /// The report that was filed under a key, with its receipt, for whoever sends the form again
    /// with other words in it: the key is theirs alone.
    pub async fn filed_under(
        &self,
        key: FormKey,
    ) -> Result<Option<(Receipt, Report)>, HandleError> {
        let case = key.case();
        let stream = self.read(case.into()).await?;
        let Some(known) = folded(&stream).known().map(|known| known.report.clone()) else {
            return Ok(None);
        };
        Ok(Some((self.receipt(case, known.number, key).await, known)))
    }

    /// The report is on record; a signature that fails must not take its receipt away.
    async fn receipt(&self, case: CaseId, number: CaseNumber, key: FormKey) -> Receipt {
        let signed = match self.sign_receipt(case, number).await {
            Ok(signed) => signed,
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::error!(%number, error, "a receipt was not signed");
                None
            }
        };
        Receipt { case, number, follow_up_code: key.follow_up_code(), signed }
    }

    async fn sign_receipt(
        &self,
        case: CaseId,
        number: CaseNumber,
    ) -> Result<Option<String>, CheckpointError> {
        let first = self.journal().first_of(case.into()).await.map_err(CheckpointError::Log)?;
        let Some(first) = first else { return Ok(None) };
        let signed = self.journal().receipt(&first, number.to_string()).await?;
        Ok(Some(signed.text().to_owned()))
    }

    /// What a receipt says, if it is one of ours and its report stands unaltered in the log. It
    /// shows nothing that is not on the receipt.
    pub async fn check_receipt(&self, text: &str) -> Result<Option<SignedOf>, CheckpointError> {
        let Some(signed) = SignedReceipt::read(text) else { return Ok(None) };
        let told = SignedOf { case: signed.receipt.case.clone(), at: signed.receipt.at };
        Ok(self.journal().bears_out(signed).await?.then_some(told))
    }

    pub(crate) fn number_of(&self, case: CaseId) -> Option<CaseNumber> {
        self.views().inbox.row(case).map(|row| row.number)
    }

    fn check(&self, filing: &Filing) -> Result<(), Refusal> {
        if filing.by.is_none() && !self.settings().report_without_login {
            return Err(Refusal::SignInToReport);
        }
        let is_theirs = match (filing.channel, &filing.by) {
            (Channel::WebForm, _) => true,
            (Channel::OwnInitiative, by) => by.as_ref().is_some_and(|by| by.roles.holds(Role::Dpo)),
            (_, by) => by.is_some(),
        };
        if !is_theirs {
            return Err(Refusal::NotPermitted);
        }
        let category = self.category(&filing.category).ok_or(Refusal::NoSuchCategory)?;
        if !self.views().organisation.units.contains_key(&filing.unit) {
            return Err(Refusal::NoSuchUnit);
        }
        let problems = category.check_answers(&filing.answers);
        if !problems.is_empty() {
            return Err(Refusal::Answers(problems));
        }
        let texts = [
            &filing.what_happened,
            &filing.systems_and_devices,
            &filing.whose_data,
            &filing.done_already,
        ];
        bounded(texts, TEXT_CHARACTERS_MAX)?;
        bounded([&filing.name, &filing.contact].into_iter().flatten(), NAME_CHARACTERS_MAX)
    }
}

/// What severity is judged by.
fn reported(filing: &Filing) -> Reported<'_> {
    let stated = Stated {
        personal_data: filing.personal_data,
        breach: &filing.breach,
        people: filing.people,
        sensitive: &filing.sensitive,
    };
    Reported { answers: &filing.answers, stated }
}

fn to_report(category: &Category, filing: Filing, number: CaseNumber, key: FormKey) -> Report {
    let reporter = reporter(&filing, key);
    let text = |text: String| Erasable::known(text.trim().to_owned());
    let answered = |(question, answer): (QuestionName, String)| Answer {
        question: question.to_string(),
        answer: text(answer),
    };
    Report {
        number,
        category: category.id.clone(),
        category_version: category.version,
        channel: filing.channel,
        reporter,
        follow_up: follow_up_hash(&key.follow_up_code()),
        what_happened: text(filing.what_happened),
        occurred: filing.occurred,
        discovered_at: filing.discovered_at,
        aware_at: filing.aware_at.filter(|_| filing.channel != Channel::WebForm),
        unit: filing.unit,
        systems_and_devices: text(filing.systems_and_devices),
        personal_data: filing.personal_data,
        breach: filing.breach,
        whose_data: text(filing.whose_data),
        people: filing.people,
        sensitive: filing.sensitive,
        done_already: text(filing.done_already),
        answers: category.applicable(&filing.answers).into_iter().map(answered).collect(),
        language: Some(filing.language),
    }
}

/// Who is recorded as the cause: whoever enters what others told, else the reporter, who
/// is named in the sealed part or nowhere.
fn acting(filing: &Filing) -> Acting {
    match &filing.by {
        Some(by) if filing.channel != Channel::WebForm => by.acting(),
        _ => Acting::reporter(),
    }
}

fn reporter(filing: &Filing, key: FormKey) -> Reporter {
    let own = filing.by.as_ref().filter(|_| filing.channel == Channel::WebForm);
    let given = |value: &Option<String>| {
        value.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let name = given(&filing.name).or_else(|| own.map(|by| by.name.clone()));
    let person = key.reporter();
    let sealed = || {
        let identity = ReporterIdentity {
            person,
            user: own.map(|by| by.user),
            name: name.clone().unwrap_or_default(),
            contact: given(&filing.contact),
        };
        Erasable::about(person, identity)
    };
    match filing.openness {
        // Nobody said who it was.
        Openness::Named | Openness::Confidential if name.is_none() && own.is_none() => {
            Reporter::Anonymous
        }
        Openness::Named => Reporter::Named(sealed()),
        Openness::Confidential => Reporter::Confidential(sealed()),
        Openness::Anonymous => Reporter::Anonymous,
    }
}

pub(crate) fn bounded<'a>(
    texts: impl IntoIterator<Item = &'a String>,
    characters_max: usize,
) -> Result<(), Refusal> {
    let fits = |text: &String| text.chars().count() <= characters_max;
    if texts.into_iter().all(fits) { Ok(()) } else { Err(Refusal::TooLong { characters_max }) }
}
