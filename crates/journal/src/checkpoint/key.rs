//! The key that checkpoints are signed with, and its public half, which anybody may have.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{CheckpointError, ORIGIN};
use crate::hex;
use crate::keyring::{Key, random};
use crate::store::durable::write_whole;

/// Where in the data directory the signing key lies.
pub(crate) const KEY_FILE: &str = "keys/checkpoint.key";
/// Where in the data directory the public key lies.
pub(crate) const PUBLIC_FILE: &str = "checkpoint.pub";
/// The number of Ed25519 among the algorithms of signed notes.
const ED25519: u8 = 1;
/// A key file holds 64 hexadecimal digits; nothing longer is read.
const FILE_BYTES_MAX: u64 = 128;

/// The public key of a log, by which everybody can tell its checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    key: VerifyingKey,
}

impl PublicKey {
    fn new(key: VerifyingKey) -> Self {
        let name = format!("{ORIGIN}{}", hex::encode(&Sha256::digest(key.as_bytes())[..8]));
        Self { name, key }
    }

    /// The log's name, which is made from the key: no two logs have the same.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads the form that [`fmt::Display`] gives it; nothing if the text is another.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_end_matches(['\r', '\n']);
        let (_, encoded) = text.split_once('+')?.1.split_once('+')?;
        let bytes = STANDARD.decode(encoded).ok()?;
        let (algorithm, bytes) = bytes.split_first()?;
        let key = VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()?;
        let public = Self::new(key);
        (*algorithm == ED25519 && public.to_string() == text).then_some(public)
    }

    /// Whether a note's signature, with the number of the key in front, is this key's.
    pub(super) fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        let Some((id, signature)) = signature.split_at_checked(4) else { return false };
        let signature = Signature::from_slice(signature);
        id == self.id()
            && signature.is_ok_and(|signature| self.key.verify_strict(text, &signature).is_ok())
    }

    /// The number that tells keys of one name apart.
    fn id(&self) -> [u8; 4] {
        let digest = Sha256::new().chain_update(&self.name).chain_update(b"\n");
        let digest = digest.chain_update([ED25519]).chain_update(self.key.as_bytes()).finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }
}

/// The verifier key of signed notes: name, number and key.
impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = STANDARD.encode([&[ED25519], self.key.as_bytes().as_slice()].concat());
        write!(f, "{}+{}+{encoded}", self.name, hex::encode(&self.id()))
    }
}

/// The public key of the log in a data directory; none before the first checkpoint.
pub(crate) fn published(data_directory: &Path) -> Result<Option<PublicKey>, CheckpointError> {
    let path = data_directory.join(PUBLIC_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => {
            PublicKey::read(&text).map(Some).ok_or(CheckpointError::NotAKey { path: path.clone() })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(CheckpointError::NotRead { path, source }),
    }
}

/// Who signs checkpoints.
pub(super) struct Signer {
    key: SigningKey,
    public: PublicKey,
}

impl Signer {
    /// The signing key of a data directory, made where there has been none.
    pub(super) fn open(data_directory: &Path) -> Result<Self, CheckpointError> {
        let path = data_directory.join(KEY_FILE);
        let published = published(data_directory)?;
        let key = match read_key(&path)? {
            Some(key) => key,
            None if published.is_some() => return Err(CheckpointError::KeyLost { path }),
            None => create_key(&path)?,
        };
        let public = PublicKey::new(key.verifying_key());
        match published {
            None => {
                let path = data_directory.join(PUBLIC_FILE);
                write_whole(&path, format!("{public}\n").as_bytes(), 0o644)
                    .map_err(|source| CheckpointError::NotWritten { path, source })?;
            }
            Some(published) if published == public => (),
            Some(_) => return Err(CheckpointError::KeyLost { path }),
        }
        Ok(Self { key, public })
    }

    /// Of a test's own secret.
    #[cfg(test)]
    pub(super) fn of(secret: [u8; 32]) -> Self {
        let key = SigningKey::from_bytes(&secret);
        Self { public: PublicKey::new(key.verifying_key()), key }
    }

    pub(super) fn public(&self) -> &PublicKey {
        &self.public
    }

    /// A note's signature of `text`: the number of the key, and what Ed25519 gives.
    pub(super) fn sign(&self, text: &[u8]) -> Vec<u8> {
        [self.public.id().as_slice(), &self.key.sign(text).to_bytes()].concat()
    }
}

/// The secret that the checkpoints of a data directory are signed with, once there is one.
pub(crate) fn signing_secret(data_directory: &Path) -> Result<Option<Key>, CheckpointError> {
    let key = read_key(&data_directory.join(KEY_FILE))?;
    Ok(key.map(|key| Key::from_bytes(key.to_bytes())))
}

fn create_key(path: &Path) -> Result<SigningKey, CheckpointError> {
    let secret = Zeroizing::new(random());
    let text = Zeroizing::new(hex::encode(secret.as_slice()) + "\n");
    match write_whole(path, text.as_bytes(), 0o600) {
        Ok(()) => Ok(SigningKey::from_bytes(&secret)),
        Err(source) => Err(CheckpointError::NotWritten { path: path.to_owned(), source }),
    }
}

/// The signing key in a file, if there is one; refuses a file that others than its owner can read.
fn read_key(path: &Path) -> Result<Option<SigningKey>, CheckpointError> {
    let unread = |source| CheckpointError::NotRead { path: path.to_owned(), source };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(unread(source)),
    };
    let mode = file.metadata().map_err(unread)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(CheckpointError::OpenToOthers { path: path.to_owned(), mode });
    }
    let mut text = Zeroizing::new(String::new());
    file.take(FILE_BYTES_MAX).read_to_string(&mut text).map_err(unread)?;
    let mut secret = Zeroizing::new([0; 32]);
    if hex::decode(text.trim(), secret.as_mut()) {
        Ok(Some(SigningKey::from_bytes(&secret)))
    } else {
        Err(CheckpointError::NotAKey { path: path.to_owned() })
    }
}
