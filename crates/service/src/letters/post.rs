//! Letters on their way: sent in batches, each batch recorded before the next. What a crash leaves
//! unrecorded is mailed again under the same Message-ID, by which a mail server and a reader know
//! it; of digital post the carrier is asked first.

use channels::mail::{Address, Message, MessageId};
use domain::case::letter::{
    Channel, Language, Letter, LetterText, Numbered, Obstacle, Part, Progress, RecordDelivery,
    Request as Asked, not_by_email,
};
use domain::case::{Acting, Case, OpenCase, Request};
use domain::ids::CaseId;
use sha2::{Digest, Sha256};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::words::words;
use crate::dispatch::Failure;
use crate::execute::folded;
use crate::open::Service;
use crate::reactions::Notice;
use crate::secrets::hexadecimal;

/// Letters between two looks at whether somebody has stopped it: other mail gets its turn too.
const BATCH: usize = 20;

/// A letter that is being sent.
pub(super) struct Sending<'a> {
    pub(super) case: CaseId,
    pub(super) known: &'a OpenCase,
    pub(super) number: u32,
    pub(super) letter: &'a Letter,
}

impl Sending<'_> {
    /// The same for the same letter to the same person, however often it is sent. It tells nothing
    /// to those who do not know what it was made from.
    pub(super) fn called(&self, recipient: u32) -> String {
        let (case, version) = (self.case, self.letter.version);
        let made_from = format!("{case} letter {} {version} {recipient}", self.number);
        hexadecimal(&Sha256::digest(made_from.as_bytes()))[..40].to_owned()
    }
}

impl Service {
    /// Sends the next batch of a letter, and once it is sent to all asks the carrier of digital
    /// post how far it came. Nothing is left to do once that is known, or the letter is stopped,
    /// changed since it was signed, or erased.
    pub(crate) async fn send_letters(&self, notice: &Notice, number: u32) -> Result<(), Failure> {
        let case = notice.number.and_then(|it| self.find_case(it)).ok_or(Failure::NoRecipient)?;
        let stream = self.read(case.into()).await.map_err(Failure::NotRead)?;
        let Case::Open(known) = folded(&stream) else { return Ok(()) };
        let held_up = &self.post().held_up;
        let Some(letter) = known.letters.get(number).filter(|it| it.is_sending()) else {
            held_up.forget((case, number));
            return Ok(());
        };
        let is_mailed =
            letter.dispatch.as_ref().is_some_and(|it| it.channels.contains(&Channel::Email));
        if is_mailed && !not_by_email(letter, &self.confidential(&known)).is_empty() {
            return Err(Failure::HeldBack);
        }
        let unread = |error| Failure::NotRead(crate::error::HandleError::Read(error));
        let recipients = self.recipients(&stream, number).await.map_err(unread)?;
        let sending = Sending { case, known: &known, number, letter };
        let is_aside =
            |it: &(&Numbered, Channel)| held_up.is_set_aside((case, number), it.0.number);
        let (aside, next): (Vec<_>, Vec<_>) = waiting(letter, &recipients).partition(is_aside);
        if next.is_empty() && aside.is_empty() {
            held_up.forget((case, number));
            return self.ask_how_far(&sending).await;
        }
        if next.is_empty() {
            return Err(Failure::HeldUp { rounds: held_up.end_round((case, number)) });
        }
        let (batch, rest) = next.split_at(next.len().min(BATCH));
        let put_off = self.send_batch(&sending, batch).await?;
        // Where all of a batch were put off, it is rather the server than whom they are for.
        Err(put_off.filter(|_| !rest.is_empty()).unwrap_or(Failure::More))
    }

    /// Records that a letter cannot be sent any further by itself; whether that is recorded.
    pub(crate) async fn give_letters_up(
        &self,
        case: CaseId,
        letter: u32,
        because: Obstacle,
    ) -> bool {
        self.post().held_up.forget((case, letter));
        let request = Request::Letter(Asked::GiveUpDispatch { letter, because });
        let recorded = self.carry_out(case, Acting::service(), request, None).await;
        if let Err(error) = &recorded {
            let error: &dyn std::error::Error = error;
            tracing::error!(case.id = %case, error, "that sending stopped was not recorded");
        }
        recorded.is_ok()
    }

    /// What went out, and what will never, is recorded even where the rest has to wait. Whoever is
    /// put off holds nobody else up. Why all of them were put off, if they were.
    ///
    /// # Errors
    ///
    /// If nothing went out, since nothing can.
    async fn send_batch(
        &self,
        sending: &Sending<'_>,
        batch: &[(&Numbered, Channel)],
    ) -> Result<Option<Failure>, Failure> {
        let held_up = &self.post().held_up;
        let (mut known, mut put_off, mut stopped) = (Vec::new(), None, None);
        for (recipient, channel) in batch {
            let sent = match channel {
                Channel::DigitalPost => self.post_letter(sending, recipient).await.map(Some),
                _ => self.mail_letter(sending, recipient).await.map(|()| None),
            };
            match sent {
                Ok(consignment) => {
                    known.push((recipient.number, *channel, Progress::Sent, consignment));
                }
                Err(Failure::Never(_) | Failure::NeverPosted(_) | Failure::NoRecipient) => {
                    known.push((recipient.number, *channel, Progress::Failed, None));
                }
                Err(later) if later.is_about_one() => {
                    if held_up.set_aside((sending.case, sending.number), recipient.number) {
                        put_off = Some(later);
                    } else {
                        known.push((recipient.number, *channel, Progress::Failed, None));
                    }
                }
                Err(later) => {
                    stopped = Some(later);
                    break;
                }
            }
        }
        for channel in [Channel::DigitalPost, Channel::Email] {
            for progress in [Progress::Sent, Progress::Failed] {
                let of_these = known.iter().filter(|it| (it.1, it.2) == (channel, progress));
                let told = of_these.map(|(number, _, _, it)| (*number, *it)).collect();
                self.record_letters(sending, channel, progress, told).await?;
            }
        }
        match stopped {
            // What went out shows that the server was there: the tries begin anew.
            _ if !known.is_empty() => Ok(None),
            Some(stopped) => Err(stopped),
            None => Ok(put_off),
        }
    }

    /// Records how it went to these, and what the carrier calls what it has of it.
    pub(super) async fn record_letters(
        &self,
        sending: &Sending<'_>,
        channel: Channel,
        progress: Progress,
        told: Vec<(u32, Option<Uuid>)>,
    ) -> Result<(), Failure> {
        if told.is_empty() {
            return Ok(());
        }
        let recipients = told.iter().map(|(number, _)| *number).collect();
        let consignments =
            told.into_iter().filter_map(|(number, it)| Some((number, it?))).collect();
        let letter = sending.number;
        let it = RecordDelivery { letter, channel, progress, recipients, consignments };
        let request = Request::Letter(Asked::RecordDelivery(it));
        let recorded = self.carry_out(sending.case, Acting::service(), request, None).await;
        recorded.map_err(Failure::NotRecorded)
    }

    async fn mail_letter(&self, sending: &Sending<'_>, to: &Numbered) -> Result<(), Failure> {
        let letter = sending.letter;
        let (language, text) =
            letter.text_for(to.recipient.language).ok_or(Failure::NoRecipient)?;
        let address: Address = to.recipient.email.parse().map_err(|_| Failure::NoRecipient)?;
        let signatory = letter.signature().and_then(|it| self.signatory(it.by));
        let message = Message {
            id: MessageId::new(format!("letter-{}", sending.called(to.number)))
                .expect("hexadecimal digits are letters"),
            to: vec![address],
            subject: text.title.text_or("").to_owned(),
            text: self.mail_text((language, text), &to.recipient.name, signatory.as_deref()),
            sent_at: letter.signature().map_or_else(|| self.now(), |signature| signature.at),
        };
        self.mail().send(&message).await.map_err(|error| {
            if error.is_transient() { Failure::Later(error) } else { Failure::Never(error) }
        })
    }

    fn mail_text(
        &self,
        (language, text): (Language, &LetterText),
        name: &str,
        signatory: Option<&str>,
    ) -> String {
        let parts = Part::iter().filter(|part| *part != Part::Title).map(|part| {
            let heading = words(language).heading(part);
            format!("{heading}\n\n{}", text.part(part).text_or("").trim())
        });
        let parts: Vec<String> = parts.collect();
        let organisation = self.views().organisation.name.clone();
        let closing = words(language).closing(signatory, &organisation);
        format!("{name}\n\n{}\n\n{closing}\n", parts.join("\n\n"))
    }
}

/// Those to whom it goes by itself and has not gone, each with the way.
fn waiting<'a>(
    letter: &'a Letter,
    recipients: &'a [Numbered],
) -> impl Iterator<Item = (&'a Numbered, Channel)> {
    recipients.iter().filter_map(|it| match letter.waits_for(it)? {
        channel @ (Channel::Email | Channel::DigitalPost) => Some((it, channel)),
        Channel::Print | Channel::ByHand => None,
    })
}
