//! Builds segments from texts and merges several segments into one.
//!
//! Both divide the keys into ranges of about equal size, sort and encode the ranges in parallel, and write them in order.

use std::io::{self, Write};

use ibid_text::words::for_each_folded;
use rayon::prelude::*;

use super::{
    Corrupt, Segment,
    block::{Encoder, posting},
    key::{hash, key},
    segment::{Member, SegmentWriter, UNIT, too_large},
};

/// Approximate number of postings in a range of keys: small enough to be sorted within a core's own cache.
const RANGE: usize = 1 << 14;

/// Maximum number of key bits that select the range.
const RANGE_BITS: u32 = 12;

/// Approximate length of a word in bytes, including the space after it.
const BYTES_PER_WORD: usize = 5;

/// Number of runs of texts per thread. Several, so that a slow run delays the others only a little.
const RUNS_PER_THREAD: usize = 4;

/// Minimum length of the texts in a run, in bytes.
const SHORTEST_RUN: usize = 1 << 15;

/// Number of ranges that are merged before they are written, which bounds the memory needed.
const RANGES_AT_ONCE: usize = 64;

impl Segment {
    /// The postings of one text.
    pub fn of(text: &str) -> Self {
        Self::of_many(&[text])
    }

    /// The postings of several texts, with slots in the same order. Needs sixteen bytes of memory per word, so a large
    /// corpus is better built in portions of about 32 MB and merged.
    pub fn of_many<T: AsRef<str> + Sync>(texts: &[T]) -> Self {
        let texts: Vec<&str> = texts.iter().map(T::as_ref).collect();
        let lengths = texts.iter().map(|text| (text.len() as u32, 0));
        let (mut members, end) = lay_out(lengths).expect("texts in memory have fewer places than 2^32");
        let bits = range_bits(texts.iter().map(|text| text.len()).sum::<usize>() / BYTES_PER_WORD);
        let mut runs = split_into_runs(&mut members, &texts);
        let scattered: Vec<Vec<Vec<u64>>> =
            runs.par_iter_mut().map(|(members, texts)| scatter(members, texts, bits)).collect();
        let encoded: Vec<Encoder> = transpose(scattered)
            .into_par_iter()
            .map(|parts| {
                let mut postings = parts.concat();
                postings.sort_unstable();
                postings.dedup();
                encode(&postings, end)
            })
            .collect();
        let mut bytes = Vec::with_capacity(encoded.iter().map(|part| part.blocks.len() * 9 / 8).sum());
        let mut writer = SegmentWriter::new(&mut bytes, end);
        let written = encoded.iter().try_for_each(|part| writer.write(part)).and_then(|()| writer.finish(&members));
        written.expect("memory can be written to");
        Self::open(bytes).expect("what was written just now can be read")
    }

    /// Writes one segment with all texts of `segments` for which `live` (given the number of the segment and the slot)
    /// returns true. The slots keep their order, those of the first segment first. Needs memory for the directory, about
    /// 1/50 of the output, and a few ranges of keys. A single segment that is kept whole is copied.
    ///
    /// Fails if writing to `out` fails, if a segment is [corrupt](Segment::is_corrupt), or if the result exceeds the capacity
    /// of a segment (64 GB of text). The output is then incomplete and must be discarded.
    pub fn merge(segments: &[&Self], live: impl Fn(usize, usize) -> bool, out: &mut impl Write) -> io::Result<()> {
        let kept = |number: usize, segment: &Self| -> Vec<bool> {
            (0..segment.members()).map(|slot| live(number, slot)).collect()
        };
        let kept: Vec<Vec<bool>> = segments.iter().enumerate().map(|(at, segment)| kept(at, segment)).collect();
        if let ([segment], [kept]) = (segments, &*kept)
            && kept.iter().all(|is_kept| *is_kept)
        {
            return if segment.is_sound() { out.write_all(segment.bytes()) } else { Err(corrupt()) };
        }
        let wanted = segments.iter().zip(&kept).flat_map(|(segment, kept)| {
            segment.all_members().zip(kept).filter(|&(_, &is_kept)| is_kept).map(|(member, _)| member)
        });
        let (members, end) = lay_out(wanted.map(|member| (member.length, member.words))).ok_or_else(too_large)?;
        let mut starts = members.iter().map(|member| member.start);
        let moved: Vec<Moved<'_>> =
            segments.iter().zip(&kept).map(|(segment, kept)| Moved::new(segment, kept, &mut starts)).collect();
        let bits = range_bits(segments.iter().map(|segment| segment.postings()).sum());
        let mut writer = SegmentWriter::new(out, end);
        let ranges: Vec<u32> = (0..1 << bits).collect();
        for ranges in ranges.chunks(RANGES_AT_ONCE) {
            let merged: Vec<Encoder> = ranges
                .par_iter()
                .map(|&range| {
                    let keys = keys_of(range, bits);
                    let mut postings = Vec::with_capacity(RANGE);
                    for moved in &moved {
                        moved.read(keys, &mut postings);
                    }
                    // There is one sorted run per segment; the stable sort detects and merges the runs.
                    postings.sort_by_key(|&posting| posting);
                    encode(&postings, end)
                })
                .collect();
            if segments.iter().any(|segment| segment.is_corrupt()) {
                return Err(corrupt());
            }
            merged.iter().try_for_each(|part| writer.write(part))?;
        }
        writer.finish(&members)
    }
}

fn corrupt() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, Corrupt)
}

/// Divides texts into runs of about equal length, to be processed in parallel.
fn split_into_runs<'a>(
    mut members: &'a mut [Member],
    mut texts: &'a [&'a str],
) -> Vec<(&'a mut [Member], &'a [&'a str])> {
    let all: usize = texts.iter().map(|text| text.len()).sum();
    let filled = (all / (RUNS_PER_THREAD * rayon::current_num_threads())).max(SHORTEST_RUN);
    let mut runs = Vec::new();
    while !texts.is_empty() {
        let ends = texts.iter().scan(0, |end, text| {
            *end += text.len();
            Some(*end)
        });
        let count = (ends.take_while(|&end| end < filled).count() + 1).min(texts.len());
        let (run, others) = texts.split_at(count);
        let (of_run, of_others) = members.split_at_mut(count);
        runs.push((of_run, run));
        (members, texts) = (of_others, others);
    }
    runs
}

/// The postings of a run of texts, by range of keys. Also counts the words of each text.
fn scatter(members: &mut [Member], texts: &[&str], bits: u32) -> Vec<Vec<u64>> {
    let length: usize = texts.iter().map(|text| text.len()).sum();
    let filled = (length / BYTES_PER_WORD) >> bits;
    let mut scattered: Vec<Vec<u64>> = (0..1 << bits).map(|_| Vec::with_capacity(filled)).collect();
    for (member, text) in members.iter_mut().zip(texts) {
        for_each_posting(text, |key, place| {
            let range = key.checked_shr(32 - bits).unwrap_or(0) as usize;
            scattered[range].push(posting(key, member.start + place));
            member.words += 1;
        });
    }
    scattered
}

/// Turns rows into columns. All rows have the same length.
fn transpose<T>(rows: Vec<Vec<T>>) -> Vec<Vec<T>> {
    let mut columns: Vec<Vec<T>> = rows.first().map_or(&[][..], |row| row).iter().map(|_| Vec::new()).collect();
    for row in rows {
        row.into_iter().zip(&mut columns).for_each(|(cell, column)| column.push(cell));
    }
    columns
}

/// Calls `take` with the key and the place of each posting of a text, in text order. Places count from the start of the
/// text.
fn for_each_posting(text: &str, mut take: impl FnMut(u32, u32)) {
    let mut before: Option<(u32, u32)> = None;
    for_each_folded(text, |span, word| {
        let hash = hash(word);
        if let Some((previous, place)) = before.replace((hash, span.start / UNIT)) {
            take(key(previous, hash), place);
        }
    });
    if let Some((last, place)) = before {
        take(key(last, 0), place);
    }
}

/// Lays out texts of the given lengths in bytes and words one after another. Returns them with the end of the last one;
/// `None` if the places overflow.
fn lay_out(texts: impl Iterator<Item = (u32, u32)>) -> Option<(Vec<Member>, u32)> {
    let mut end = 0_u32;
    let mut members = Vec::with_capacity(texts.size_hint().0);
    for (length, words) in texts {
        let member = Member { start: end, length, words };
        end = end.checked_add(member.places())?;
        members.push(member);
    }
    Some((members, end))
}

/// The number of key bits that select the range, for a number of postings.
fn range_bits(postings: usize) -> u32 {
    (postings / RANGE).max(1).ilog2().min(RANGE_BITS)
}

/// The first and the last key of a range.
fn keys_of(range: u32, bits: u32) -> (u32, u32) {
    let shift = 32 - bits;
    let first = range.checked_shl(shift).unwrap_or(0);
    (first, first | u32::MAX.checked_shr(bits).unwrap_or(0))
}

fn encode(postings: &[u64], end: u32) -> Encoder {
    let mut encoder = Encoder::new(end);
    encoder.encode(postings);
    encoder
}

/// A segment whose texts move to new places.
struct Moved<'a> {
    segment: &'a Segment,
    to: Places,
}

/// The new places of a segment's texts.
enum Places {
    /// All texts move by the same distance.
    All(u32),
    /// The new start of each text; `None` for a text that is dropped.
    Each(Vec<Option<u32>>),
}

impl<'a> Moved<'a> {
    /// Takes a new start from `starts` for each text that is `kept`.
    fn new(segment: &'a Segment, kept: &[bool], starts: &mut impl Iterator<Item = u32>) -> Self {
        let starts: Vec<Option<u32>> = kept.iter().map(|is_kept| is_kept.then(|| starts.next()).flatten()).collect();
        let to = match starts.first() {
            Some(&Some(first)) if starts.iter().all(Option::is_some) => Places::All(first),
            _ => Places::Each(starts),
        };
        Self { segment, to }
    }

    /// Appends the postings of a range of keys, in order.
    fn read(&self, (first, last): (u32, u32), postings: &mut Vec<u64>) {
        let (first, last) = (posting(first, 0), posting(last, u32::MAX));
        match &self.to {
            Places::All(by) => self.segment.read(first, last, |posting| postings.push(posting + u64::from(*by))),
            Places::Each(starts) => {
                let mut slot = 0;
                self.segment.read(first, last, |posting| {
                    slot = self.segment.slot_of(posting as u32, slot);
                    if let (Some(&Some(to)), Some(member)) = (starts.get(slot), self.segment.member(slot)) {
                        postings.push(posting - u64::from(member.start) + u64::from(to));
                    }
                });
            }
        }
    }
}
