//! The reporter's way back: with the code and nothing else.

use domain::case::command::{Attach, Text};
use domain::case::state::Question;
use domain::case::{Acting, Attachment, AttachmentSource, Phase, Request};
use domain::ids::{CaseId, CaseNumber, QuestionId};
use domain::{Erasable, Time};
use views::CaseFile;

use crate::attachments::Upload;
use crate::error::{HandleError, Refusal};
use crate::execute::{TEXT_CHARACTERS_MAX, folded};
use crate::how_far::{self, HowFar};
use crate::open::Service;
use crate::reporting::bounded;
use crate::secrets::{FormKey, follow_up_hash};

/// What a reporter sees of the own report. It tells how far the case has come and nothing that
/// others have said or decided.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    /// The number people use for the case.
    pub number: CaseNumber,
    /// Where the case stands.
    pub phase: Phase,
    /// What has happened so far, each with its time, the oldest first.
    pub steps: Vec<(HowFar, Time)>,
    /// What the reporter wrote.
    pub what_happened: Erasable<String>,
    /// What is asked of the reporter, and what they answered.
    pub questions: Vec<(QuestionId, Question)>,
    /// What the reporter added since.
    pub additions: Vec<Erasable<String>>,
    /// The files the reporter attached.
    pub attachments: Vec<Attachment>,
}

impl Service {
    /// What the holder of a follow-up code may see. The code is the permit, and looking leaves no
    /// trace, since a trace could tell who reported.
    pub async fn follow_up(&self, code: &str) -> Result<FollowUp, HandleError> {
        let case = self.case_of(code)?;
        let stream = self.read(case.into()).await?;
        let file = CaseFile::fold(case, &stream).ok_or(Refusal::NoSuchCode)?;
        Ok(FollowUp {
            number: file.known.report.number,
            phase: file.standing.phase(),
            steps: how_far::steps(file.timeline.iter().map(|entry| (&entry.event, entry.at))),
            what_happened: file.known.report.what_happened,
            questions: file.known.questions.into_iter().collect(),
            additions: file.known.additions,
            attachments: own_files(file.known.attachments),
        })
    }

    /// Adds to the report, as its reporter: words, files, or both.
    pub async fn add_information(
        &self,
        code: &str,
        text: String,
        files: Vec<Upload>,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let case = self.case_of(code)?;
        bounded([&text], TEXT_CHARACTERS_MAX)?;
        let text = Erasable::known(text.trim().to_owned());
        let idempotency = Some(key.idempotency(&format!("{case} add_information")));
        let by = Acting::reporter();
        if files.is_empty() {
            let request = Request::AddInformation(text);
            return self.carry_out(case, by, request, idempotency).await;
        }
        let stream = self.read(case.into()).await?;
        let about = folded(&stream).known().and_then(|known| known.report.reporter.person());
        let taken = self.take_in(files, AttachmentSource::Reporter, about, key)?;
        let attach = Attach { text: Some(text), files: taken.attachments };
        let request = Request::Attach(attach);
        self.carry_out_with(case, by, request, idempotency, taken.files).await
    }

    /// Answers a question, as the reporter.
    pub async fn answer_question(
        &self,
        code: &str,
        question: QuestionId,
        text: String,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let case = self.case_of(code)?;
        bounded([&text], TEXT_CHARACTERS_MAX)?;
        let text = Erasable::known(text.trim().to_owned());
        let request = Request::AnswerQuestion(Text { about: question, text });
        let key = key.idempotency(&format!("{case} answer {question}"));
        self.carry_out(case, Acting::reporter(), request, Some(key)).await
    }

    fn case_of(&self, code: &str) -> Result<CaseId, Refusal> {
        self.views().follow_ups.case(&follow_up_hash(code)).ok_or(Refusal::NoSuchCode)
    }
}

/// What the reporter attached; what those who handle the case did is not the reporter's to see.
fn own_files(attachments: Vec<Attachment>) -> Vec<Attachment> {
    let is_own = |it: &Attachment| it.source == AttachmentSource::Reporter;
    attachments.into_iter().filter(is_own).collect()
}
