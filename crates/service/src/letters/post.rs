//! Letters by e-mail: sent in batches, each batch recorded before the next. What a crash leaves
//! unrecorded is sent again under the same Message-ID, by which a mail server and a reader know it.

use channels::mail::{Address, Message, MessageId};
use domain::case::letter::{
    Channel, Language, Letter, LetterText, Numbered, Part, Progress, RecordDelivery,
    Request as Asked, Way, not_by_email, way,
};
use domain::case::{Acting, Case, Request};
use domain::ids::CaseId;
use sha2::{Digest, Sha256};
use strum::IntoEnumIterator;

use super::paper::words;
use crate::dispatch::Failure;
use crate::execute::folded;
use crate::open::Service;
use crate::reactions::Notice;
use crate::secrets::hexadecimal;

/// Mails between two looks at whether somebody has stopped it: other mail gets its turn too.
const BATCH: usize = 20;

impl Service {
    /// Sends the next batch of a letter by e-mail. Nothing is left to do once it is sent to all,
    /// stopped, changed since it was signed, or erased.
    pub(crate) async fn send_letters(&self, notice: &Notice, number: u32) -> Result<(), Failure> {
        let case = notice.number.and_then(|it| self.find_case(it)).ok_or(Failure::NoRecipient)?;
        let stream = self.read(case.into()).await.map_err(Failure::NotRead)?;
        let Case::Open(known) = folded(&stream) else { return Ok(()) };
        let Some(letter) = known.letters.get(number).filter(|it| it.is_sending()) else {
            return Ok(());
        };
        if !not_by_email(letter, &self.confidential(&known)).is_empty() {
            return Err(Failure::HeldBack);
        }
        let unread = |error| Failure::NotRead(crate::error::HandleError::Read(error));
        let recipients = self.recipients(&stream, number).await.map_err(unread)?;
        let waiting: Vec<&Numbered> = waiting(letter, &recipients).collect();
        let batch = &waiting[..waiting.len().min(BATCH)];
        self.send_batch(case, number, letter, batch).await?;
        if batch.len() < waiting.len() { Err(Failure::More) } else { Ok(()) }
    }

    async fn send_batch(
        &self,
        case: CaseId,
        number: u32,
        letter: &Letter,
        batch: &[&Numbered],
    ) -> Result<(), Failure> {
        let (mut sent, mut failed, mut stopped) = (Vec::new(), Vec::new(), None);
        for recipient in batch {
            match self.send_letter(case, number, letter, recipient).await {
                Ok(()) => sent.push(recipient.number),
                Err(Failure::Later(error)) => {
                    stopped = Some(Failure::Later(error));
                    break;
                }
                Err(_) => failed.push(recipient.number),
            }
        }
        for (numbers, progress) in [(sent, Progress::Sent), (failed, Progress::Failed)] {
            if numbers.is_empty() {
                continue;
            }
            let recipients = numbers.into_iter().collect();
            let channel = Channel::Email;
            let it = RecordDelivery { letter: number, channel, progress, recipients };
            let request = Request::Letter(Asked::RecordDelivery(it));
            let recorded = self.carry_out(case, Acting::service(), request, None).await;
            recorded.map_err(Failure::NotRecorded)?;
        }
        stopped.map_or(Ok(()), Err)
    }

    async fn send_letter(
        &self,
        case: CaseId,
        number: u32,
        letter: &Letter,
        to: &Numbered,
    ) -> Result<(), Failure> {
        let (language, text) =
            letter.text_for(to.recipient.language).ok_or(Failure::NoRecipient)?;
        let address: Address = to.recipient.email.parse().map_err(|_| Failure::NoRecipient)?;
        let message = Message {
            id: message_id(case, number, letter.version, to.number),
            to: vec![address],
            subject: text.title.text_or("").to_owned(),
            text: self.mail_text(language, text, &to.recipient.name),
            sent_at: letter.signature().map_or_else(|| self.now(), |signature| signature.at),
        };
        self.mail().send(&message).await.map_err(|error| {
            if error.is_transient() { Failure::Later(error) } else { Failure::Never(error) }
        })
    }

    fn mail_text(&self, language: Language, text: &LetterText, name: &str) -> String {
        let parts = Part::iter().filter(|part| *part != Part::Title).map(|part| {
            let heading = words(language).heading(part);
            format!("{heading}\n\n{}", text.part(part).text_or("").trim())
        });
        let parts: Vec<String> = parts.collect();
        let organisation = self.views().organisation.name.clone();
        format!("{name}\n\n{}\n\n{organisation}\n", parts.join("\n\n"))
    }
}

/// Those who get it by e-mail and have not been sent it.
fn waiting<'a>(
    letter: &'a Letter,
    recipients: &'a [Numbered],
) -> impl Iterator<Item = &'a Numbered> {
    let channels = letter.dispatch.iter().map(|it| &it.channels).next();
    recipients.iter().filter(move |it| {
        let is_by_email = |channels| way(&it.recipient, channels) == Way::By(Channel::Email);
        letter.progress(it.number) == Progress::Queued && channels.is_some_and(is_by_email)
    })
}

/// The same for the same letter to the same person, however often it is sent. It tells nothing to
/// those who do not know what it was made from.
fn message_id(case: CaseId, letter: u32, version: u32, recipient: u32) -> MessageId {
    let made_from = format!("{case} letter {letter} {version} {recipient}");
    let digest = hexadecimal(&Sha256::digest(made_from.as_bytes()));
    MessageId::new(format!("letter-{}", &digest[..40])).expect("hexadecimal digits are letters")
}
