//! Chunks: nothing in one can change unnoticed, and the place of the change is named.

use super::*;
use crate::store::Log;

const FIRST: u64 = 5;

fn record(number: u8) -> NewRecord {
    NewRecord::new(vec![number; 40 + usize::from(number) * 100])
}

/// Three records in two appends, one of them with a key and a message.
fn chunk() -> StoredChunk {
    let mut draft = Draft::new(FIRST, chain::genesis(Log::Events));
    let payload =
        Seal { key: [1; 16].into(), about: None, nonce: [2; 24].into(), text: b"a sealed message" };
    let outbox = vec![OutboxMark { id: [3; 16].into(), payload }];
    let mark = Mark { records: 2, key: Some([4; 16].into()), outbox, content: None };
    draft.push(vec![record(0), record(1)], Some(&mark));
    draft.push(
        vec![record(2)],
        Some(&Mark { records: 1, key: None, outbox: Vec::new(), content: None }),
    );
    draft.finish()
}

fn examine(first: u64, bytes: &[u8]) -> Result<(), ChunkFault> {
    Chunk::parse(first, bytes)?.check().map(drop)
}

#[test]
fn a_chunk_reads_back_as_written() {
    let stored = chunk();
    let read = Chunk::parse(FIRST, &stored.bytes).unwrap();
    let marks = read.check().unwrap();
    assert_eq!(read.positions(), FIRST..FIRST + 3);
    let records: Vec<_> = read.records().map(|(position, bytes)| (position, bytes[0])).collect();
    assert_eq!(records, [(5, 0), (6, 1), (7, 2)]);
    assert_eq!(read.record(6).unwrap(), record(1).bytes);
    assert_eq!(read.hash_at(7), Some(read.head()));
    assert_eq!(marks[0].key, Some([4; 16].into()));
}

#[test]
fn a_mark_from_before_there_were_digests_is_read_and_one_without_is_written_like_it() {
    // An array of three: two records, a key, no messages.
    let mut before = vec![0x83, 0x02, 0x50];
    before.extend([4; 16]);
    before.push(0x80);
    let mark: Mark<'_> = minicbor::decode(&before).unwrap();
    assert_eq!((mark.records, mark.key, mark.content), (2, Some([4; 16].into()), None));
    assert!(mark.outbox.is_empty());
    assert_eq!(minicbor::to_vec(&mark).unwrap(), before);
    for digest in [[5; 8].as_slice(), &[5; 16]] {
        let mark: Mark<'_> = minicbor::decode(&before).unwrap();
        let with = minicbor::to_vec(Mark { content: Some(digest.into()), ..mark }).unwrap();
        let read: Mark<'_> = minicbor::decode(&with).unwrap();
        assert_eq!((read.records, read.content), (2, Some(digest.into())));
    }
}

/// The chunk is stored as it always was.
#[test]
fn a_chunk_is_stored_as_it_always_was() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/chunk.v1.hex");
    let hex = crate::hex::encode(&chunk().bytes);
    if std::env::var_os("AVVIK_WRITE_GOLDEN").is_some() && !std::path::Path::new(path).exists() {
        std::fs::write(path, format!("{hex}\n")).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap();
    assert_eq!(hex, golden.trim(), "chunks are no longer stored as those in people's journals");
}

/// Every bit of every byte, and each time the position in whose bytes it lies. (A changed number
/// of records shows only where the records end.)
#[test]
fn every_flipped_bit_is_found_at_its_position() {
    let stored = chunk();
    let ends = ends_of_records(&stored.bytes);
    for at in 0..stored.bytes.len() {
        for bit in 0..8 {
            let mut bytes = stored.bytes.to_vec();
            bytes[at] ^= 1 << bit;
            let fault = examine(FIRST, &bytes).expect_err("a flipped bit goes unnoticed");
            let index = ends.windows(2).position(|ends| (ends[0]..ends[1]).contains(&at));
            let is_count = at + 1 == ends[0];
            let expected =
                if is_count { fault.position } else { FIRST + index.unwrap_or(0) as u64 };
            assert_eq!(fault.position, expected, "byte {at}, bit {bit}: {fault:?}");
        }
    }
}

#[test]
fn every_cut_is_found() {
    let stored = chunk();
    for length in 0..stored.bytes.len() {
        assert!(examine(FIRST, &stored.bytes[..length]).is_err(), "cut to {length}");
    }
    let longer = [stored.bytes.as_ref(), &[0]].concat();
    assert!(examine(FIRST, &longer).is_err());
}

#[test]
fn a_chunk_under_another_position_is_not_believed() {
    let stored = chunk();
    assert_eq!(examine(FIRST + 1, &stored.bytes).unwrap_err().position, FIRST + 1);
}

/// Where the header ends, and then each record with its hash.
fn ends_of_records(bytes: &[u8]) -> Vec<usize> {
    let mut decoder = Decoder::new(bytes);
    decoder.u8().unwrap();
    decoder.u64().unwrap();
    decoder.bytes().unwrap();
    let items = decoder.array().unwrap().unwrap();
    let mut ends = vec![decoder.position()];
    for _ in 0..items / 2 {
        decoder.bytes().unwrap();
        decoder.bytes().unwrap();
        ends.push(decoder.position());
    }
    ends
}
