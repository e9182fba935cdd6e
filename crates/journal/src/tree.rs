//! The Merkle tree of RFC 6962 and RFC 9162 over the event log: its leaves are the stored records.
//!
//! A root stands for every record up to a size. An inclusion proof shows that a record is in
//! there at its place, a consistency proof that a greater tree begins with a smaller one; neither
//! shows anything of other records. Making a proof takes the whole tree, which is built when it is
//! asked for; checking one takes the proof alone.

use sha2::{Digest, Sha256};

use crate::chain::Hash;

/// Before an interior node (RFC 6962 section 2.1); a leaf is [`crate::chain::leaf`].
const NODE: u8 = 0x01;

/// Every subtree's hash, so that each proof costs a few look-ups.
#[derive(Debug)]
pub(crate) struct Tree {
    /// On level n, the hashes of the complete subtrees of 2ⁿ leaves, in order.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree over these leaves, in order.
    pub(crate) fn new(leaves: Vec<Hash>) -> Self {
        let mut levels = vec![leaves];
        while let Some(level) = levels.last().filter(|level| 2 <= level.len()) {
            let (pairs, _) = level.as_chunks::<2>();
            levels.push(pairs.iter().map(|[left, right]| node(left, right)).collect());
        }
        Self { levels }
    }

    /// How many leaves there are.
    pub(crate) fn size(&self) -> u64 {
        self.levels[0].len() as u64
    }

    /// The root of the tree's first `size` leaves; of none, the hash of nothing.
    pub(crate) fn root(&self, size: u64) -> Hash {
        match size {
            0 => Hash(Sha256::digest([]).into()),
            _ => self.range(0, size),
        }
    }

    /// The proof that the leaf with this number, from 0, is among the first `size` leaves.
    pub(crate) fn inclusion(&self, leaf: u64, size: u64) -> Vec<Hash> {
        let mut path = Vec::new();
        let (mut from, mut within) = (0, size);
        while 1 < within {
            let left = left_of(within);
            if leaf < from + left {
                path.push(self.range(from + left, within - left));
                within = left;
            } else {
                path.push(self.range(from, left));
                (from, within) = (from + left, within - left);
            }
        }
        path.reverse();
        path
    }

    /// The proof that the tree of `size` leaves begins with that of the first `old`.
    pub(crate) fn consistency(&self, old: u64, size: u64) -> Vec<Hash> {
        let mut path = Vec::new();
        if old == 0 || old == size {
            return path;
        }
        let (mut from, mut within) = (0, size);
        while from + within != old {
            let left = left_of(within);
            if old <= from + left {
                path.push(self.range(from + left, within - left));
                within = left;
            } else {
                path.push(self.range(from, left));
                (from, within) = (from + left, within - left);
            }
        }
        // Whoever checks knows the old root, and need not be told it.
        if from != 0 {
            path.push(self.range(from, within));
        }
        path.reverse();
        path
    }

    /// The hash over `count` leaves from `from` on, as the tree divides them.
    fn range(&self, from: u64, count: u64) -> Hash {
        if count.is_power_of_two() {
            let level = count.trailing_zeros();
            let index = usize::try_from(from >> level).expect("a leaf's number fits in memory");
            return self.levels[level as usize][index];
        }
        let left = left_of(count);
        node(&self.range(from, left), &self.range(from + left, count - left))
    }
}

/// How many of `size` leaves, at least two, go to the left: the greatest power of two below.
fn left_of(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let hasher = Sha256::new().chain_update([NODE]).chain_update(left.0);
    Hash(hasher.chain_update(right.0).finalize().into())
}

/// The root that an inclusion proof leads to from a leaf (RFC 9162 section 2.1.3.2); nothing if
/// the proof has another length than that leaf's in a tree of that size.
pub(crate) fn root_from(leaf: &Hash, number: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if size <= number {
        return None;
    }
    let (mut at, mut last) = (number, size - 1);
    let mut root = *leaf;
    for hash in path {
        if last == 0 {
            return None;
        }
        if at % 2 == 1 || at == last {
            root = node(hash, &root);
            while at.is_multiple_of(2) && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            root = node(&root, hash);
        }
        (at, last) = (at / 2, last / 2);
    }
    (last == 0).then_some(root)
}

/// Whether a consistency proof shows that the tree of `size` leaves under `root` begins with the
/// one of `old` leaves under `old_root` (RFC 9162 section 2.1.4.2).
pub(crate) fn is_consistent(
    (old, old_root): (u64, &Hash),
    (size, root): (u64, &Hash),
    path: &[Hash],
) -> bool {
    if old == size || old == 0 {
        let empty = || Tree::new(Vec::new()).root(0);
        return path.is_empty()
            && if old == size { old_root == root } else { *old_root == empty() };
    }
    // Where the old tree is complete, its root is the first step and is left out of the proof.
    let complete = [*old_root];
    let mut steps = old.is_power_of_two().then_some(&complete).into_iter().flatten().chain(path);
    let Some(start) = steps.next().filter(|_| old < size) else { return false };
    let (mut at, mut last) = (old - 1, size - 1);
    let down = at.trailing_ones();
    (at, last) = (at >> down, last >> down);
    let (mut old_seen, mut seen) = (*start, *start);
    for hash in steps {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            (old_seen, seen) = (node(hash, &old_seen), node(hash, &seen));
            while at.is_multiple_of(2) && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            seen = node(&seen, hash);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && old_seen == *old_root && seen == *root
}

#[cfg(test)]
mod tests;
