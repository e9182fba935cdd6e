//! Secrets people are handed, and what is kept of them: hashes alone.

use std::fmt::Write;

use domain::case::report::FollowUpHash;
use domain::ids::{CaseId, PersonId};
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
#[derive(Clone, Copy)]
pub struct FormKey(Uuid);

impl FormKey {
    /// The key a form was handed out with.
    #[must_use]
    pub fn new(key: Uuid) -> Self {
        Self(key)
    }

    /// Under which the journal recognises the command. `what` says what is asked of whom, so that
    /// one key used for two things does not pass the second off as done.
    #[must_use]
    pub fn idempotency(self, what: &str) -> Uuid {
        self.derived(&format!("idempotency {what}"))
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
        in_groups(&digest("follow-up code", self.0.as_bytes())[..CODE_CHARACTERS])
    }

    /// The secret in the address of somebody's calendar: 256 bits.
    #[must_use]
    pub fn calendar(self) -> String {
        hexadecimal(&digest("calendar", self.0.as_bytes()))
    }

    fn derived(self, purpose: &str) -> Uuid {
        let digest = digest(purpose, self.0.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
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
            key.idempotency("a"),
            key.idempotency("b"),
            key.case().0,
            key.reporter().0,
            key.part(),
        ];
        let distinct: std::collections::HashSet<_> = all.into_iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
