//! The cipher under every seal: XChaCha20-Poly1305, and the nonces for it.
//!
//! A key of 256 bits and the first 16 bytes of a nonce make a key for one use (`HChaCha20`); with
//! that, ChaCha20-Poly1305 of RFC 8439 seals under the nonce's last 8 bytes. The second half is
//! ring's, in assembly; the bytes are those of every other implementation, as a test holds.

use std::cell::RefCell;

use chacha20::{R20, hchacha};
use ring::aead::{self, Aad, CHACHA20_POLY1305, LessSafeKey, UnboundKey};
use zeroize::Zeroizing;

use crate::keyring::{Key, random};

/// What sealing adds to the length of a text.
pub(crate) const TAG_BYTES: usize = 16;

/// 192 random bits, so that no two are ever the same.
pub(crate) type Nonce = [u8; 24];

/// How many nonces are asked of the operating system at a time.
const NONCES_AT_ONCE: usize = 32;

thread_local! {
    /// Nonces that nobody has used yet. Each leaves before it is used, and none comes back.
    static UNUSED: RefCell<Vec<Nonce>> = const { RefCell::new(Vec::new()) };
}

/// A nonce for one use.
pub(crate) fn random_nonce() -> Nonce {
    UNUSED.with_borrow_mut(|unused| {
        unused.pop().unwrap_or_else(|| {
            let bytes = random::<{ NONCES_AT_ONCE * size_of::<Nonce>() }>();
            let (nonces, _) = bytes.as_chunks();
            unused.extend_from_slice(&nonces[1..]);
            nonces[0]
        })
    })
}

/// Seals `plain`, bound to `context`, which must be the same when it is opened.
pub(crate) fn encrypt(key: &Key, nonce: &Nonce, context: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(plain.len() + TAG_BYTES);
    text.extend_from_slice(plain);
    encrypt_in_place(key, nonce, context, &mut text);
    text
}

/// Seals what stands in `text`.
pub(crate) fn encrypt_in_place(key: &Key, nonce: &Nonce, context: &[u8], text: &mut Vec<u8>) {
    let own = OwnKey::new(key, nonce);
    let sealed = own.cipher().seal_in_place_append_tag(last(nonce), Aad::from(context), text);
    sealed.expect("texts are far below the cipher's limit");
}

/// What was sealed, unless key, context or bytes are others than they were then.
pub(crate) fn decrypt(
    key: &Key,
    nonce: &Nonce,
    context: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(sealed.to_vec());
    let length = OwnKey::new(key, nonce).decrypt_in_place(nonce, context, &mut text)?;
    text.truncate(length);
    Some(text)
}

/// The key for one use that `XChaCha20` makes out of a key and a nonce.
pub(crate) struct OwnKey(pub(crate) Zeroizing<[u8; Key::LENGTH]>);

impl OwnKey {
    pub(crate) fn new(key: &Key, nonce: &Nonce) -> Self {
        let (first, _) = nonce.split_first_chunk::<16>().expect("a nonce is longer");
        Self(Zeroizing::new(hchacha::<R20>(key.bytes().into(), first.into()).into()))
    }

    /// Opens what stands in `sealed`, and returns how long the text is that stands there then.
    /// Where it does not open, nothing useful is left.
    pub(crate) fn decrypt_in_place(
        &self,
        nonce: &Nonce,
        context: &[u8],
        sealed: &mut [u8],
    ) -> Option<usize> {
        let opened = self.cipher().open_in_place(last(nonce), Aad::from(context), sealed);
        opened.ok().map(|text| text.len())
    }

    fn cipher(&self) -> LessSafeKey {
        let key = UnboundKey::new(&CHACHA20_POLY1305, self.0.as_slice());
        LessSafeKey::new(key.expect("the length is the cipher's"))
    }
}

/// What the cipher of RFC 8439 is given as its nonce.
fn last(nonce: &Nonce) -> aead::Nonce {
    let mut own = [0; 12];
    own[4..].copy_from_slice(&nonce[16..]);
    aead::Nonce::assume_unique_for_key(own)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chacha20poly1305::aead::{Aead, KeyInit, Payload};
    use chacha20poly1305::{XChaCha20Poly1305, XNonce};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn seals_are_those_of_every_other_implementation(
            key: [u8; 32],
            nonce: Nonce,
            context: Vec<u8>,
            text in proptest::collection::vec(any::<u8>(), 0..2_000),
        ) {
            let key = Key::from_bytes(key);
            let ours = encrypt(&key, &nonce, &context, &text);
            let other = XChaCha20Poly1305::new(key.bytes().into());
            let payload = Payload { msg: &text, aad: &context };
            let theirs = other.encrypt(&XNonce::from(nonce), payload).unwrap();
            prop_assert_eq!(&ours, &theirs);
            let opened = decrypt(&key, &nonce, &context, &ours);
            prop_assert_eq!(opened.as_deref(), Some(&text));
        }
    }

    #[test]
    fn an_altered_seal_does_not_open() {
        let (key, nonce) = (Key::random(), random_nonce());
        let sealed = encrypt(&key, &nonce, b"here", b"text");
        for byte in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[byte] ^= 1;
            assert!(decrypt(&key, &nonce, b"here", &altered).is_none(), "byte {byte}");
        }
        assert!(decrypt(&key, &nonce, b"there", &sealed).is_none());
        assert!(decrypt(&Key::random(), &nonce, b"here", &sealed).is_none());
        assert!(decrypt(&key, &nonce, b"here", &sealed[..TAG_BYTES - 1]).is_none());
        assert!(decrypt(&key, &nonce, b"here", &sealed).is_some());
    }

    #[test]
    fn no_nonce_is_given_twice() {
        let threads: Vec<_> = (0..4)
            .map(|_| std::thread::spawn(|| (0..1_000).map(|_| random_nonce()).collect::<Vec<_>>()))
            .collect();
        let nonces: Vec<_> = threads.into_iter().flat_map(|it| it.join().unwrap()).collect();
        assert_eq!(nonces.iter().collect::<HashSet<_>>().len(), nonces.len());
    }
}
