//! Secrets people are handed, and what is kept of them: hashes alone.

use std::fmt::{self, Write};

use domain::case::report::FollowUpHash;
use domain::ids::{CaseId, PersonId};
use journal::{ContentDigest, Idempotency};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Letters and digits that are not taken for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters in a follow-up code: 20 times 5 bits.
const CODE_CHARACTERS: usize = 20;

/// Random bytes from the operating system.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has randomness to give");
    bytes
}

/// A random identifier.
#[must_use]
pub fn random_id() -> Uuid {
    uuid::Builder::from_random_bytes(random()).into_uuid()
}

/// A password to sign in with once: 16 characters in four groups, 80 bits.
#[must_use]
pub fn one_time_password() -> String {
    in_groups(&random::<16>())
}

/// A bearer token: 256 bits.
#[must_use]
pub fn token() -> String {
    format!("avvik_{}", hexadecimal(&random::<32>()))
}

/// The secret of a link: 256 bits.
#[must_use]
pub fn link_secret() -> String {
    hexadecimal(&random::<32>())
}

/// SHA-256 of `secret` for one purpose, in hexadecimal.
#[must_use]
pub fn hash(purpose: &str, secret: &str) -> String {
    hexadecimal(&digest(purpose, secret.as_bytes()))
}

/// What follows from a form's random key, so that the same form sent twice leads to the same case,
/// number and code. The key itself is kept nowhere, and none of these leads back to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FormKey {
    number: Uuid,
    /// A digest of what was sent under the key, where that is known.
    content: Option<ContentDigest>,
}

impl FormKey {
    /// The key a form was handed out with.
    #[must_use]
    pub fn new(number: Uuid) -> Self {
        Self { number, content: None }
    }

    /// The same, with everything that was sent under it. Of that a digest goes on, made with the
    /// key: as nobody keeps the key, nobody who reads the digest can try what it is of.
    #[must_use]
    pub fn with(self, sent: &[u8]) -> Self {
        let keyed = [self.number.as_bytes(), sent].concat();
        let digest = digest("content", &keyed);
        let content = digest.first_chunk().copied();
        Self { content, ..self }
    }

    /// The form's own number.
    #[must_use]
    pub fn number(self) -> Uuid {
        self.number
    }

    /// Under which the journal recognises the command. `what` says what is asked of whom, so that
    /// one key used for two things does not pass the second off as done.
    #[must_use]
    pub fn idempotency(self, what: &str) -> Idempotency {
        let key = self.derived(&format!("idempotency {what}"));
        Idempotency { key, content: self.content }
    }

    /// The key of one of several things that are sent with the same form.
    #[must_use]
    pub fn of_part(self, name: &str) -> Self {
        Self { number: self.part_named(name), content: self.content }
    }

    /// The case a report opens.
    #[must_use]
    pub fn case(self) -> CaseId {
        CaseId(self.derived("case"))
    }

    /// The key the reporter's identity is sealed with.
    #[must_use]
    pub fn reporter(self) -> PersonId {
        PersonId(self.derived("reporter"))
    }

    /// The key that an involved person's part in a case is sealed with. It leads to nobody, so
    /// that its number, which stays, does not either.
    #[must_use]
    pub fn involved(self) -> PersonId {
        PersonId(self.derived("involved"))
    }

    /// A new part of a case, such as a measure.
    #[must_use]
    pub fn part(self) -> Uuid {
        self.derived("part")
    }

    /// One of several new parts of a case that one form makes.
    #[must_use]
    pub fn part_named(self, name: &str) -> Uuid {
        self.derived(&format!("part {name}"))
    }

    /// The code with which the reporter comes back.
    #[must_use]
    pub fn follow_up_code(self) -> String {
        in_groups(&digest("follow-up code", self.number.as_bytes())[..CODE_CHARACTERS])
    }

    /// The secret in the address of somebody's calendar: 256 bits.
    #[must_use]
    pub fn calendar(self) -> String {
        hexadecimal(&digest("calendar", self.number.as_bytes()))
    }

    fn derived(self, purpose: &str) -> Uuid {
        let digest = digest(purpose, self.number.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

/// Whoever reads the number can make the follow-up code: it stays out of logs.
impl fmt::Debug for FormKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormKey(…)")
    }
}

impl From<Uuid> for FormKey {
    fn from(number: Uuid) -> Self {
        Self::new(number)
    }
}

/// What is kept of a follow-up code, however it was typed: capitals, spaces and hyphens make no
/// difference, nor do O for 0 and I or L for 1.
#[must_use]
pub fn follow_up_hash(code: &str) -> FollowUpHash {
    let plain: String = code
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    FollowUpHash(hash("follow-up", &plain))
}

/// A character for each byte, in groups of four.
fn in_groups(bytes: &[u8]) -> String {
    let characters: Vec<char> =
        bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    let groups: Vec<String> = characters.chunks(4).map(String::from_iter).collect();
    groups.join("-")
}

pub(crate) fn digest(purpose: &str, secret: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"avvik ");
    hasher.update(purpose.as_bytes());
    hasher.update([0]);
    hasher.update(secret);
    hasher.finalize().into()
}

/// Two digits a byte.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_one_time_password_is_long_and_never_the_same() {
        assert_eq!(one_time_password().len(), 19);
        assert_ne!(one_time_password(), one_time_password());
    }

    #[test]
    fn a_code_is_recognised_however_it_is_typed() {
        let code = FormKey::new(Uuid::from_u128(7)).follow_up_code();
        assert_eq!(code.len(), 24, "{code}");
        let typed = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(follow_up_hash(&code), follow_up_hash(&typed));
    }

    #[test]
    fn the_same_form_leads_to_the_same_code_and_another_does_not() {
        let code = |key| FormKey::new(Uuid::from_u128(key)).follow_up_code();
        assert_eq!(code(7), code(7));
        assert_ne!(code(7), code(8));
    }

    #[test]
    fn what_is_derived_from_a_form_differs_by_purpose() {
        let key = FormKey::new(Uuid::from_u128(7));
        let all = [
            key.idempotency("a").key,
            key.idempotency("b").key,
            key.case().0,
            key.reporter().0,
            key.part(),
        ];
        let distinct: std::collections::HashSet<_> = all.into_iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn what_is_sent_shows_in_the_digest_alone_and_differs_by_key() {
        let [one, other] = [7, 8].map(|number| FormKey::new(Uuid::from_u128(number)));
        let digest = |key: FormKey, sent: &[u8]| key.with(sent).idempotency("a");
        assert_eq!(digest(one, b"x"), digest(one, b"x"));
        assert_eq!(digest(one, b"x").key, digest(one, b"y").key);
        assert_ne!(digest(one, b"x").content, digest(one, b"y").content);
        assert_ne!(digest(one, b"x").content, digest(other, b"x").content);
        assert_eq!(one.idempotency("a").content, None);
    }
}
