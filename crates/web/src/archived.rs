//! The papers of a closed case as the archive gets them: the same documents as on the case's page,
//! under titles that name nobody.

use documents::Document;
use domain::Time;
use domain::case::AttachmentSource;
use domain::case::letter::{Kind, Letter, Signature};
use domain::notification::NoticeKind;
use service::Service;
use service::archive::message::{DocumentKind, EntryKind, Party, Variant};
use service::archive::papers::{Content, Paper, PaperDocument, PaperFile, Papers};
use views::CaseFile;
use views::register::Entry;

use crate::App;
use crate::names::Names;
use crate::page::Page;
use crate::papers::memo::{self, Reader};
use crate::papers::{Office, notification, register};

/// What tells the memo, the excerpt of the register and the attachments from a case's other papers,
/// and their titles from other texts.
const MEMO: &str = "memo";
const REGISTER: &str = "register";
const ATTACHMENTS: &str = "attachments";

/// Writes them in the organisation's language.
pub(crate) struct InTheHouse;

impl Papers for InTheHouse {
    fn of_closed_case(&self, service: &Service, file: &CaseFile) -> Vec<Paper> {
        // What a document says does not depend on who looks at it, nor on how the pages travel.
        let app = App::serving(service.clone());
        let at = file.timeline.last().map_or(file.known.reported_at, |entry| entry.at);
        let page = Page::of_the_house(&app).at(at);
        let names = Names::new(&app, &page);
        let writer = Writer { office: Office::new(&app, &page, &names), page: &page, file };
        let notices = 0..file.known.authority.notices.len();
        let notices = notices.filter_map(|place| writer.notice(place));
        let letters = file.known.letters.iter().flat_map(|(number, it)| writer.letters(number, it));
        let papers = writer.memo().into_iter().chain(notices).chain(letters);
        papers.chain(writer.register()).chain(writer.attachments()).collect()
    }
}

struct Writer<'a> {
    office: Office<'a>,
    page: &'a Page,
    file: &'a CaseFile,
}

impl Writer<'_> {
    /// The memo in full, and as the public reads it where passages of it are exempt.
    fn memo(&self) -> Option<Paper> {
        let written = memo::document(&self.office, self.file, Reader::Desk)?;
        let mut files = vec![made("saksframlegg", Variant::Archive, written)];
        if !self.file.known.documents.exempt.is_empty() {
            let public = memo::document(&self.office, self.file, Reader::Public);
            files.extend(public.map(|it| made("saksframlegg-offentlig", Variant::Redacted, it)));
        }
        let title = self.titled(MEMO);
        let document = PaperDocument { title: title.clone(), kind: DocumentKind::Memo, files };
        Some(Paper {
            key: MEMO.to_owned(),
            title,
            kind: EntryKind::Internal,
            is_open: false,
            party: None,
            dated_at: self.last_at(),
            sent_at: None,
            documents: vec![document],
        })
    }

    /// A notice to the authority as it was sent. It is an entry in the public journal.
    fn notice(&self, place: usize) -> Option<Paper> {
        let notice = self.file.known.authority.notices.get(place)?;
        let written = notification::sent(&self.office, self.file, place)?;
        let number = place + 1;
        let key = match notice.kind {
            NoticeKind::Initial => "initial",
            NoticeKind::Supplement => "supplement",
            NoticeKind::Withdrawal => "withdrawal",
        };
        let title = self.titled(key);
        let document = PaperDocument {
            title: title.clone(),
            kind: DocumentKind::Notification,
            files: vec![made(&format!("melding-{number}"), Variant::Archive, written)],
        };
        Some(Paper {
            key: format!("notice-{number}"),
            title,
            kind: EntryKind::Outgoing,
            is_open: true,
            party: Some(Party {
                name: self.office.say("archive-authority"),
                number: None,
                reference: Some(notice.reference.clone()).filter(|it| !it.is_empty()),
            }),
            dated_at: notice.sent_at,
            sent_at: Some(notice.sent_at),
            documents: vec![document],
        })
    }

    /// A letter to the people affected, or what the public was told, as it was signed: each of its
    /// documents that people got, and one that was signed and sent to nobody. Who got it stands on
    /// a list that goes nowhere.
    fn letters(&self, number: u32, letter: &Letter) -> Vec<Paper> {
        let sent = letter.sent.iter().map(|it| (&it.signature, Some(it.at)));
        let is_sent = |it: &&Signature| letter.sent.iter().any(|sent| sent.signature == **it);
        let unsent = letter.signature().filter(|it| !is_sent(it)).map(|it| (it, None));
        let signed = sent.chain(unsent).enumerate();
        signed.map(|(place, it)| self.letter(number, place, letter.kind, it)).collect()
    }

    fn letter(
        &self,
        number: u32,
        place: usize,
        kind: Kind,
        (signature, sent_at): (&Signature, Option<Time>),
    ) -> Paper {
        let key = match kind {
            Kind::Letter => "letter",
            Kind::WebNotice => "web_notice",
            Kind::PressRelease => "press_release",
        };
        let title = self.titled(key);
        // Those that were signed after a change are told from the first.
        let which = if place == 0 { number.to_string() } else { format!("{number}-{}", place + 1) };
        let file = PaperFile {
            name: format!("brev-{which}"),
            variant: Variant::Archive,
            content: Content::Signed(signature.document.file),
        };
        let document =
            PaperDocument { title: title.clone(), kind: DocumentKind::Letter, files: vec![file] };
        Paper {
            key: format!("letter-{which}"),
            title,
            kind: if sent_at.is_some() { EntryKind::Outgoing } else { EntryKind::Internal },
            is_open: kind != Kind::Letter,
            party: sent_at.map(|_| Party {
                name: self.office.say("archive-the-people"),
                number: None,
                reference: None,
            }),
            dated_at: signature.at,
            sent_at,
            documents: vec![document],
        }
    }

    /// What the register of breaches says of the case (GDPR art. 33(5)): every case has that, also
    /// one of which nothing else was written.
    fn register(&self) -> Option<Paper> {
        let entry = Entry::of_case(self.file)?;
        let written = register::of_case(&self.office, self.page, &entry, self.last_at());
        let title = self.titled(REGISTER);
        let document = PaperDocument {
            title: title.clone(),
            kind: DocumentKind::Report,
            files: vec![made("registerutdrag", Variant::Archive, written)],
        };
        Some(Paper {
            key: REGISTER.to_owned(),
            title,
            kind: EntryKind::Internal,
            is_open: false,
            party: None,
            dated_at: self.last_at(),
            sent_at: None,
            documents: vec![document],
        })
    }

    /// What was attached by those who handle the case. What a reporter attached stays: it may tell
    /// who reported.
    fn attachments(&self) -> Option<Paper> {
        let attached = self.file.known.attachments.iter();
        let attached = attached.filter(|it| it.source == AttachmentSource::Handling);
        let documents: Vec<PaperDocument> = (1..)
            .zip(attached)
            .map(|(place, it)| PaperDocument {
                title: self
                    .office
                    .wording
                    .say_with("archive-paper-attachment", &[("place", place.to_string())]),
                kind: DocumentKind::Attachment,
                files: vec![PaperFile {
                    name: format!("vedlegg-{place}"),
                    variant: Variant::Archive,
                    content: Content::Attached(it.attachment),
                }],
            })
            .collect();
        (!documents.is_empty()).then(|| Paper {
            key: ATTACHMENTS.to_owned(),
            title: self.titled(ATTACHMENTS),
            kind: EntryKind::Internal,
            is_open: false,
            party: None,
            dated_at: self.last_at(),
            sent_at: None,
            documents,
        })
    }

    fn titled(&self, paper: &str) -> String {
        let number = self.file.known.report.number;
        let key = format!("archive-paper-{paper}");
        self.office.wording.say_with(&key, &[("number", number)])
    }

    /// When the case was closed, or was last worked on.
    fn last_at(&self) -> Time {
        let closed = self.file.timeline.iter().rfind(|entry| closes(&entry.event));
        closed.map_or(self.file.known.reported_at, |entry| entry.at)
    }
}

fn closes(event: &domain::case::Event) -> bool {
    use domain::case::Event::{CaseClosed, ClosedAsNotADeviation};
    matches!(event, CaseClosed { .. } | ClosedAsNotADeviation { .. })
}

fn made(name: &str, variant: Variant, document: Document) -> PaperFile {
    let content = Content::Written(Box::new(document));
    PaperFile { name: name.to_owned(), variant, content }
}
