//! Answering what one was asked: signed in, or by a secret link. Whoever was asked sees the
//! question and nothing else of the case.

use domain::case::command::AnswerInquiry;
use domain::case::confirmation::{self, Confirmation, Misdirected};
use domain::case::dealings::Contribution;
use domain::case::inquiry::{Answer, LinkHash};
use domain::case::{Acting, Attachment, AttachmentSource, Case, OpenCase, Request};
use domain::ids::{AttachmentId, CaseId, CaseNumber, InquiryId};
use domain::{Actor, Erasable, Event, Recorded, Role, Time};
use journal::Access;
use views::inquiries::Row;

use crate::attachments::{FileSight, Taken, Upload};
use crate::error::{HandleError, LookUpError, Refusal};
use crate::execute::{TEXT_CHARACTERS_MAX, folded};
use crate::open::Service;
use crate::permit::{self, Ground, SignedIn, Step};
use crate::reporting::bounded;
use crate::secrets::{self, FormKey};

/// A question, as whoever was asked sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Which question.
    pub inquiry: InquiryId,
    /// The case's number, which they may be asked for.
    pub number: CaseNumber,
    /// What is asked.
    pub text: Erasable<String>,
    /// When the answer is wanted.
    pub due_at: Time,
    /// Whether the case has ended: nobody waits for the answer, and it is taken all the same.
    pub has_ended: bool,
    /// What they answered; nothing by a link, since it takes one answer.
    pub answers: Vec<Answer>,
    /// The files of the case that they are shown with it; none once the question was taken back or
    /// the case has ended.
    pub files: Vec<Attachment>,
    /// Their own statements, where they are heard; nothing where they are not.
    pub statements: Option<Vec<Contribution>>,
}

/// What a secret link leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum BehindLink {
    /// A question.
    Question(Asked),
    /// What somebody is to confirm who got something by mistake. Nothing of the case is told them,
    /// not even its number.
    Confirmation {
        /// What they got.
        misdirected: Misdirected,
        /// When the answer is wanted.
        due_at: Time,
    },
}

/// What is kept of a link's secret.
pub(crate) fn link_hash(secret: &str) -> LinkHash {
    LinkHash(secrets::hash("inquiry link", secret))
}

impl Service {
    /// What somebody is asked in open cases: what is to be answered first, the soonest on top.
    pub async fn inquiries(
        &self,
        who: &SignedIn,
        page: &'static str,
    ) -> Result<Vec<Row>, LookUpError> {
        if who.must_choose_password {
            return Err(LookUpError::NotPermitted);
        }
        self.note(who, Access::List("inquiries".to_owned()), page, Ground::Asked).await?;
        let views = self.views();
        let may = |row: &&Row| {
            let case = views.inbox.row(row.case);
            case.and_then(|case| permit::for_respondent(who, case)).is_some()
        };
        let rows = views.inquiries.of_respondent(who.user).into_iter();
        Ok(rows.filter(may).cloned().collect())
    }

    /// How many answers should have come by now in a case somebody sees; it shows nothing of them.
    #[must_use]
    pub fn inquiries_overdue(&self, case: CaseId) -> usize {
        self.views().inquiries.overdue(case, self.now())
    }

    /// One question somebody was asked.
    pub async fn inquiry(
        &self,
        who: &SignedIn,
        case: CaseId,
        inquiry: InquiryId,
        page: &'static str,
    ) -> Result<Asked, LookUpError> {
        let stream = self.asked_of(who, (case, inquiry), page).await?;
        let is_heard = who.roles.holds(Role::SystemOwner);
        let asked = asked(&folded(&stream), inquiry, is_heard.then_some(who));
        asked.ok_or(LookUpError::NotFound)
    }

    /// A file that somebody is shown with a question they were asked. The look is noted before
    /// anything is handed out.
    pub async fn inquiry_file(
        &self,
        who: &SignedIn,
        (case, inquiry): (CaseId, InquiryId),
        attachment: AttachmentId,
        page: &'static str,
    ) -> Result<FileSight, LookUpError> {
        let stream = self.asked_of(who, (case, inquiry), page).await?;
        self.shown_with(case, &stream, inquiry, attachment).await
    }

    /// The same by a secret link, while it takes an answer.
    pub async fn file_behind_link(
        &self,
        secret: &str,
        attachment: AttachmentId,
        page: &'static str,
    ) -> Result<FileSight, LookUpError> {
        let behind = self.behind(secret).map_err(|_| LookUpError::NotFound)?;
        let (case, inquiry, link) = behind;
        let stream = self.journal().read_stream(case.into()).await.map_err(LookUpError::Read)?;
        let folded = folded(&stream);
        let asked = not_erased(&folded).and_then(|known| known.inquiries.get(&inquiry));
        asked.filter(|it| it.takes(&link, self.now())).ok_or(LookUpError::NotFound)?;
        self.note_line(Actor::Respondent, Access::Case(case), page, Ground::SecretLink.into())
            .await?;
        self.shown_with(case, &stream, inquiry, attachment).await
    }

    /// The history of a case in which somebody was asked something, once the look is noted.
    async fn asked_of(
        &self,
        who: &SignedIn,
        (case, inquiry): (CaseId, InquiryId),
        page: &'static str,
    ) -> Result<Vec<Recorded>, LookUpError> {
        let permit = {
            let views = self.views();
            let row = views.inquiries.row(case, inquiry);
            let is_asked = row.is_some_and(|it| it.respondent == Some(who.user));
            let case = views.inbox.row(case).filter(|_| is_asked);
            case.and_then(|case| permit::for_respondent(who, case))
        };
        let Some(permit) = permit else {
            self.note_refused(who, case, page).await?;
            return Err(LookUpError::NotFound);
        };
        self.note(who, Access::Case(case), page, permit.ground()).await?;
        self.journal().read_stream(case.into()).await.map_err(LookUpError::Read)
    }

    /// One of the files that are shown with a question, and no other.
    async fn shown_with(
        &self,
        case: CaseId,
        stream: &[Recorded],
        inquiry: InquiryId,
        attachment: AttachmentId,
    ) -> Result<FileSight, LookUpError> {
        let asked = asked(&folded(stream), inquiry, None).ok_or(LookUpError::NotFound)?;
        let shown = asked.files.iter().find(|it| it.attachment == attachment);
        let shown = shown.ok_or(LookUpError::NotFound)?;
        let added = stream.iter().find(|recorded| match &recorded.event {
            Event::Case(domain::case::Event::AttachmentAdded(it)) => it.attachment == attachment,
            _ => false,
        });
        let version = added.ok_or(LookUpError::NotFound)?.version;
        self.sight_of(case, shown, version).await
    }

    /// What a secret link leads to, while it takes an answer. Whatever else is the matter with a
    /// link, the answer is the same; a link that works leaves a line in the access log.
    pub async fn behind_link(
        &self,
        secret: &str,
        page: &'static str,
    ) -> Result<BehindLink, HandleError> {
        let (case, inquiry, link) = self.behind(secret)?;
        let nowhere = || Refusal::Case(domain::case::Refusal::LinkDoesNotWork);
        let stream = self.read(case.into()).await?;
        let folded = folded(&stream);
        let known = not_erased(&folded).and_then(|known| known.inquiries.get(&inquiry));
        let it = known.filter(|it| it.takes(&link, self.now())).ok_or_else(nowhere)?;
        let noted =
            self.note_line(Actor::Respondent, Access::Case(case), page, Ground::SecretLink.into());
        noted.await.map_err(HandleError::from)?;
        Ok(match &it.confirming {
            Some(confirming) => {
                BehindLink::Confirmation { misdirected: confirming.misdirected, due_at: it.due_at }
            }
            None => BehindLink::Question(asked(&folded, inquiry, None).ok_or_else(nowhere)?),
        })
    }

    /// Confirms by a secret link, once.
    pub async fn confirm_by_link(
        &self,
        secret: &str,
        confirmation: Confirmation,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let (case, inquiry, link) = self.behind(secret)?;
        let said = confirmation.remark.iter().filter_map(Erasable::get);
        bounded(said, TEXT_CHARACTERS_MAX)?;
        let key = key.idempotency(&format!("{case} confirm {inquiry}"));
        let given = confirmation::Request::Give { inquiry, link, confirmation };
        let request = Request::Confirmation(given);
        self.carry_out(case, Acting::respondent(), request, Some(key)).await
    }

    /// Answers a question somebody was asked, with files or without.
    pub async fn answer_inquiry(
        &self,
        who: &SignedIn,
        (case, inquiry): (CaseId, InquiryId),
        text: &str,
        files: Vec<Upload>,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let mut answer = answer(inquiry, text, None)?;
        let request = Request::AnswerInquiry(answer.clone());
        let acting = self.permit_step(who, case, &request, Step::AnswerInquiry)?;
        let Taken { attachments, files } = self.take_in_answer(files, inquiry, key)?;
        answer.files = attachments;
        let step: &str = Step::AnswerInquiry.into();
        let key = key.idempotency(&format!("{case} {step}"));
        self.carry_out_with(case, acting, Request::AnswerInquiry(answer), Some(key), files).await
    }

    /// Answers by a secret link, once, with files or without.
    pub async fn answer_by_link(
        &self,
        secret: &str,
        text: &str,
        files: Vec<Upload>,
        key: FormKey,
    ) -> Result<(), HandleError> {
        let (case, inquiry, link) = self.behind(secret)?;
        let mut answer = answer(inquiry, text, Some(link))?;
        let Taken { attachments, files } = self.take_in_answer(files, inquiry, key)?;
        answer.files = attachments;
        let key = key.idempotency(&format!("{case} answer {inquiry}"));
        let request = Request::AnswerInquiry(answer);
        self.carry_out_with(case, Acting::respondent(), request, Some(key), files).await
    }

    /// Looks at files that were sent with an answer. What they show, the answer says.
    fn take_in_answer(
        &self,
        uploads: Vec<Upload>,
        inquiry: InquiryId,
        key: FormKey,
    ) -> Result<Taken, Refusal> {
        let mut taken = self.take_in(uploads, AttachmentSource::Handling, None, key)?;
        for file in &mut taken.attachments {
            file.inquiry = Some(inquiry);
        }
        Ok(taken)
    }

    fn behind(&self, secret: &str) -> Result<(CaseId, InquiryId, LinkHash), Refusal> {
        let link = link_hash(secret);
        let behind = self.views().inquiries.by_link(&link);
        let (case, inquiry) =
            behind.ok_or(Refusal::Case(domain::case::Refusal::LinkDoesNotWork))?;
        Ok((case, inquiry, link))
    }
}

fn answer(
    inquiry: InquiryId,
    text: &str,
    link: Option<LinkHash>,
) -> Result<AnswerInquiry, Refusal> {
    let text = text.trim().to_owned();
    bounded([&text], TEXT_CHARACTERS_MAX)?;
    Ok(AnswerInquiry { inquiry, text: Erasable::known(text), files: Vec::new(), link })
}

/// What is known of a case, open or ended. Of one that was erased nobody is asked anything.
fn not_erased(case: &Case) -> Option<&OpenCase> {
    case.known().filter(|_| !matches!(case, Case::Erased(_)))
}

/// A question of a case, with the statements of whoever was asked where they are heard.
fn asked(case: &Case, inquiry: InquiryId, heard: Option<&SignedIn>) -> Option<Asked> {
    let known = not_erased(case)?;
    let it = known.inquiries.get(&inquiry)?;
    let own = |user| {
        let all = known.contributions.iter();
        all.filter(|it| it.by == Actor::User(user)).cloned().collect()
    };
    let is_shown = matches!(case, Case::Open(_)) && it.withdrawn.is_none();
    let files = known.attachments.iter().filter(|file| {
        is_shown && it.files.contains(&file.attachment) && file.file.get().is_some()
    });
    Some(Asked {
        inquiry,
        files: files.cloned().collect(),
        number: known.report.number,
        text: it.text.clone(),
        due_at: it.due_at,
        has_ended: matches!(case, Case::Closed(_)),
        answers: it.answers.clone(),
        statements: heard.map(|who| own(who.user)),
    })
}
