//! What somebody signed in can do to a case, and the roles that do it.

use domain::Role;
use domain::case::{Request, archiving, confirmation, letter};

/// Something that can be done to a case by somebody signed in.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum Step {
    /// Take the case in.
    Receive,
    /// Name somebody as involved.
    NameInvolved,
    /// Establish another moment of awareness.
    EstablishAwareness,
    /// Put a question to the reporter.
    AskReporter,
    /// Assess the risk.
    Assess,
    /// Decide whether the authority is notified.
    DecideOnAuthority,
    /// Record that the authority was notified.
    RecordNotification,
    /// Write what is to stand in the next notification.
    DraftNotification,
    /// Decide whether the people affected are told.
    DecideOnPeople,
    /// Propose a measure.
    ProposeMeasure,
    /// Record that a measure was carried out.
    CompleteMeasure,
    /// Record whether a measure has effect.
    VerifyMeasure,
    /// Write the memo and what else the case's documents say.
    WriteDocuments,
    /// Write letters to the people affected, say who gets them, and send them once they are
    /// signed.
    PrepareLetters,
    /// Sign letters, as the controller.
    SignLetters,
    /// Send the memo to the controller.
    SubmitMemo,
    /// Send the case back.
    Return,
    /// Close the case.
    Close,
    /// Close the case because it is no deviation.
    CloseAsNotADeviation,
    /// Hand a closed case over to the archive.
    Archive,
    /// Record that the archive has taken a case in.
    ReceiptArchive,
    /// Take a closed case up again.
    Reopen,
    /// Erase personal data.
    Erase,
    /// Put the case under another category, or in another unit.
    Reclassify,
    /// Give the case another handler, or somebody who stands in for them.
    Assign,
    /// Record that the people affected were told.
    TellPeople,
    /// Attach a file.
    Attach,
    /// Ask somebody who is to help.
    Inquire,
    /// Answer what one was asked.
    AnswerInquiry,
    /// Ask somebody to confirm that what they got by mistake is gone.
    AskConfirmation,
    /// Want no answer any more.
    WithdrawInquiry,
    /// Give a statement as one who is heard.
    Contribute,
    /// Note something for those who handle the case.
    AddNote,
    /// Record what a measure has led to, some time after it was done.
    ReviewEffect,
    /// Record that part of the case was referred elsewhere.
    Refer,
    /// Record a letter to or from the authority.
    RecordCorrespondence,
    /// Record that the case is of a kind with another.
    Link,
    /// End the case, to go on in another about the same breach.
    Merge,
    /// Record what is so and what is not.
    EstablishFacts,
    /// Set a factor of the severity otherwise than the method has it.
    OverrideSeverity,
    /// Record that a duty was done.
    FulfilDuty,
    /// Record what came of looking into an opening outside somebody's role.
    ReviewOpening,
    /// Take back a measure that is not needed.
    WithdrawMeasure,
    /// Take back that a duty was done.
    WithdrawFulfilment,
    /// Take back that somebody is involved.
    WithdrawInvolved,
    /// Grant an auditor a look at the case.
    GrantAudit,
    /// Take an auditor's grant back.
    RevokeAudit,
}

impl Step {
    /// The step a request is; none for what only reporters and the service itself ask, for
    /// files and lists, which come with their bytes ([`crate::Service::attach`]), for what the
    /// service makes the document of, and for opening the case outside one's role
    /// ([`crate::Service::open_outside_role`]).
    #[must_use]
    pub fn of(request: &Request) -> Option<Self> {
        Some(match request {
            Request::Report(_)
            | Request::AddInformation(_)
            | Request::CheckDuties(_)
            | Request::AnswerQuestion(_)
            | Request::Attach(_)
            | Request::MakeLink(_)
            | Request::Remind { .. }
            | Request::TakeInDuplicate { .. }
            | Request::OpenOutsideRole(_)
            | Request::Letter(
                letter::Request::List(_)
                | letter::Request::Sign(_)
                | letter::Request::StartDispatch(_)
                | letter::Request::GiveUpDispatch { .. },
            )
            | Request::Confirmation(confirmation::Request::Give { .. })
            | Request::Archiving(
                archiving::Request::HandOver { .. } | archiving::Request::Fail { .. },
            ) => return None,
            Request::Receive(_) => Self::Receive,
            Request::NameInvolved(_) => Self::NameInvolved,
            Request::EstablishAwareness(_) => Self::EstablishAwareness,
            Request::AskReporter(_) => Self::AskReporter,
            Request::Assess(_) => Self::Assess,
            Request::DecideOnAuthority(_) => Self::DecideOnAuthority,
            Request::RecordNotification(_) => Self::RecordNotification,
            Request::DraftNotification(_) => Self::DraftNotification,
            Request::DecideOnPeople(_) => Self::DecideOnPeople,
            Request::ProposeMeasure(_) => Self::ProposeMeasure,
            Request::CompleteMeasure(_) => Self::CompleteMeasure,
            Request::VerifyMeasure(_) => Self::VerifyMeasure,
            Request::Document(_) => Self::WriteDocuments,
            Request::Letter(
                letter::Request::Draft(_)
                | letter::Request::StopDispatch { .. }
                | letter::Request::RecordDelivery(_),
            ) => Self::PrepareLetters,
            Request::SubmitMemo(_) => Self::SubmitMemo,
            Request::Return(_) => Self::Return,
            Request::Close(_) => Self::Close,
            Request::CloseAsNotADeviation(_) => Self::CloseAsNotADeviation,
            Request::Archiving(archiving::Request::Prepare(_)) => Self::Archive,
            Request::Archiving(archiving::Request::Receipt { .. }) => Self::ReceiptArchive,
            Request::Reopen(_) => Self::Reopen,
            Request::Erase(_) => Self::Erase,
            Request::Reclassify(_) => Self::Reclassify,
            Request::Assign(_) => Self::Assign,
            Request::TellPeople(_) => Self::TellPeople,
            Request::Inquire(_) => Self::Inquire,
            Request::AnswerInquiry(_) => Self::AnswerInquiry,
            Request::Confirmation(confirmation::Request::Ask(_)) => Self::AskConfirmation,
            Request::WithdrawInquiry(_) => Self::WithdrawInquiry,
            Request::Contribute(_) => Self::Contribute,
            Request::AddNote(_) => Self::AddNote,
            Request::ReviewEffect(_) => Self::ReviewEffect,
            Request::Refer(_) => Self::Refer,
            Request::RecordCorrespondence(_) => Self::RecordCorrespondence,
            Request::Link(_) => Self::Link,
            Request::Merge(_) => Self::Merge,
            Request::EstablishFacts(_) => Self::EstablishFacts,
            Request::OverrideSeverity(_) => Self::OverrideSeverity,
            Request::FulfilDuty(_) => Self::FulfilDuty,
            Request::ReviewOpening(_) => Self::ReviewOpening,
            Request::WithdrawMeasure(_) => Self::WithdrawMeasure,
            Request::WithdrawFulfilment(_) => Self::WithdrawFulfilment,
            Request::WithdrawInvolved(_) => Self::WithdrawInvolved,
            Request::GrantAudit(_) => Self::GrantAudit,
            Request::RevokeAudit(_) => Self::RevokeAudit,
        })
    }

    /// The roles that take this step. Completing a measure is also its owner's, in any role, a
    /// system owner who was asked something in the case contributes too, and the controller looks
    /// into its openings where every officer is involved.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Receive
            | Self::NameInvolved
            | Self::EstablishAwareness
            | Self::AskReporter
            | Self::Assess
            | Self::RecordNotification
            | Self::DraftNotification
            | Self::ProposeMeasure
            | Self::CompleteMeasure
            | Self::VerifyMeasure
            | Self::WriteDocuments
            | Self::PrepareLetters
            | Self::SubmitMemo
            | Self::CloseAsNotADeviation
            | Self::Reclassify
            | Self::Assign
            | Self::TellPeople
            | Self::Attach
            | Self::Inquire
            | Self::AskConfirmation
            | Self::Archive
            | Self::WithdrawInquiry
            | Self::ReviewEffect
            | Self::Refer
            | Self::RecordCorrespondence
            | Self::Link
            | Self::Merge
            | Self::EstablishFacts
            | Self::OverrideSeverity
            | Self::FulfilDuty
            | Self::ReviewOpening
            | Self::WithdrawMeasure
            | Self::WithdrawFulfilment
            | Self::WithdrawInvolved => &[Role::Dpo],
            Self::AddNote => &[Role::Dpo, Role::SecurityOfficer],
            Self::Contribute => &[Role::SecurityOfficer, Role::Controller],
            // Whoever was asked, in any role.
            Self::AnswerInquiry => &[],
            Self::DecideOnAuthority | Self::DecideOnPeople | Self::Reopen | Self::RevokeAudit => {
                &[Role::Dpo, Role::Controller]
            }
            Self::SignLetters | Self::Return | Self::Close | Self::GrantAudit => {
                &[Role::Controller]
            }
            Self::ReceiptArchive => &[Role::Dpo, Role::Archivist],
            Self::Erase => &[Role::Dpo, Role::Archivist, Role::Controller],
        }
    }
}
