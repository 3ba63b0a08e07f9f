//! Segments from texts, and one segment from several.
//!
//! Both cut the keys into stretches of about equal length, which are sorted and encoded apart, in parallel, and written
//! one behind the other.

use std::io::{self, Write};

use ibid_text::words::for_each_folded;
use rayon::prelude::*;

use super::{
    Corrupt, Segment,
    block::{Encoder, posting},
    key::{hash, key},
    segment::{Member, SegmentWriter, UNIT, too_large},
};

/// Postings of a stretch of keys, more or less: what is sorted at once stays in a core's own cache.
const STRETCH: usize = 1 << 14;

/// Most bits of a key that choose its stretch.
const STRETCH_BITS: u32 = 12;

/// Bytes of text for each word, more or less.
const BYTES_PER_WORD: usize = 5;

/// Runs of texts for each thread: one that is slow holds the others up by no more than its share of these.
const RUNS_PER_THREAD: usize = 4;

/// Text of a run at least, in bytes.
const SHORTEST_RUN: usize = 1 << 15;

/// Stretches that are merged before what they come to is written: bounds the memory it takes.
const STRETCHES_AT_ONCE: usize = 64;

impl Segment {
    /// The postings of one text.
    pub fn of(text: &str) -> Self {
        Self::of_many(&[text])
    }

    /// The postings of several texts, whose slots are as they stand here. Takes sixteen bytes of memory for each word, so
    /// that a large corpus is better made in pieces of some 32 MB and merged.
    pub fn of_many<T: AsRef<str> + Sync>(texts: &[T]) -> Self {
        let texts: Vec<&str> = texts.iter().map(T::as_ref).collect();
        let lengths = texts.iter().map(|text| (text.len() as u32, 0));
        let (mut members, end) = laid_out(lengths).expect("texts in memory have fewer places than 2^32");
        let bits = stretch_bits(texts.iter().map(|text| text.len()).sum::<usize>() / BYTES_PER_WORD);
        let mut runs = runs(&mut members, &texts);
        let scattered: Vec<Vec<Vec<u64>>> =
            runs.par_iter_mut().map(|(members, texts)| scattered(members, texts, bits)).collect();
        let encoded: Vec<Encoder> = transposed(scattered)
            .into_par_iter()
            .map(|parts| {
                let mut stretch = parts.concat();
                stretch.sort_unstable();
                stretch.dedup();
                encoded(&stretch, end)
            })
            .collect();
        let mut bytes = Vec::with_capacity(encoded.iter().map(|part| part.blocks.len() * 9 / 8).sum());
        let mut writer = SegmentWriter::new(&mut bytes, end);
        let written = encoded.iter().try_for_each(|part| writer.write(part)).and_then(|()| writer.finish(&members));
        written.expect("memory can be written to");
        Self::open(bytes).expect("what was written just now can be read")
    }

    /// Writes one segment of all texts of `segments` that `live` (given the number of the segment and the slot in it) says
    /// are still wanted. Their slots are in the same order as before, those of the first segment first. Takes memory for
    /// the directory, about 1/50 of what is written, and a few stretches of keys. One segment of which all is wanted is
    /// written as it is.
    ///
    /// Fails if `out` does, if a segment is [corrupt](Segment::is_corrupt), or if there is more than a segment can hold (64 GB of
    /// text). What was written until then is of no use.
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
        let (members, end) = laid_out(wanted.map(|member| (member.length, member.words))).ok_or_else(too_large)?;
        let mut starts = members.iter().map(|member| member.start);
        let moved: Vec<Moved<'_>> =
            segments.iter().zip(&kept).map(|(segment, kept)| Moved::new(segment, kept, &mut starts)).collect();
        let bits = stretch_bits(segments.iter().map(|segment| segment.postings()).sum());
        let mut writer = SegmentWriter::new(out, end);
        let stretches: Vec<u32> = (0..1 << bits).collect();
        for stretches in stretches.chunks(STRETCHES_AT_ONCE) {
            let merged: Vec<Encoder> = stretches
                .par_iter()
                .map(|&stretch| {
                    let keys = keys_of(stretch, bits);
                    let mut postings = Vec::with_capacity(STRETCH);
                    for moved in &moved {
                        moved.read(keys, &mut postings);
                    }
                    // Sorted runs, one of each segment: a stable sort finds and merges them.
                    postings.sort_by_key(|&posting| posting);
                    encoded(&postings, end)
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

/// Texts in runs of about as much text each, which are worked on apart.
fn runs<'a>(mut members: &'a mut [Member], mut texts: &'a [&'a str]) -> Vec<(&'a mut [Member], &'a [&'a str])> {
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

/// The postings of a run of texts by stretch. Counts the words of each.
fn scattered(members: &mut [Member], texts: &[&str], bits: u32) -> Vec<Vec<u64>> {
    let length: usize = texts.iter().map(|text| text.len()).sum();
    let filled = (length / BYTES_PER_WORD) >> bits;
    let mut scattered: Vec<Vec<u64>> = (0..1 << bits).map(|_| Vec::with_capacity(filled)).collect();
    for (member, text) in members.iter_mut().zip(texts) {
        for_each_posting(text, |key, place| {
            let stretch = key.checked_shr(32 - bits).unwrap_or(0) as usize;
            scattered[stretch].push(posting(key, member.start + place));
            member.words += 1;
        });
    }
    scattered
}

/// Rows as columns. All rows are as long as the first.
fn transposed<T>(rows: Vec<Vec<T>>) -> Vec<Vec<T>> {
    let mut columns: Vec<Vec<T>> = rows.first().map_or(&[][..], |row| row).iter().map(|_| Vec::new()).collect();
    for row in rows {
        row.into_iter().zip(&mut columns).for_each(|(cell, column)| column.push(cell));
    }
    columns
}

/// Hands the key and the place of each posting of one text to `take`, as they come; places count from its beginning.
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

/// Texts of so many bytes and words, one behind the other, and where the last ends; `None` if that is too far.
fn laid_out(texts: impl Iterator<Item = (u32, u32)>) -> Option<(Vec<Member>, u32)> {
    let mut end = 0_u32;
    let mut members = Vec::with_capacity(texts.size_hint().0);
    for (length, words) in texts {
        let member = Member { start: end, length, words };
        end = end.checked_add(member.places())?;
        members.push(member);
    }
    Some((members, end))
}

/// How many bits of a key choose its stretch, given the number of postings.
fn stretch_bits(postings: usize) -> u32 {
    (postings / STRETCH).max(1).ilog2().min(STRETCH_BITS)
}

/// The first and the last key of a stretch.
fn keys_of(stretch: u32, bits: u32) -> (u32, u32) {
    let shift = 32 - bits;
    let first = stretch.checked_shl(shift).unwrap_or(0);
    (first, first | u32::MAX.checked_shr(bits).unwrap_or(0))
}

fn encoded(postings: &[u64], end: u32) -> Encoder {
    let mut encoder = Encoder::new(end);
    encoder.encode(postings);
    encoder
}

/// A segment whose texts get other places.
struct Moved<'a> {
    segment: &'a Segment,
    to: Places,
}

/// Where the places of a segment begin from now on.
enum Places {
    /// All are moved by as much.
    All(u32),
    /// Each text's own; `None` for those that are left out.
    Each(Vec<Option<u32>>),
}

impl<'a> Moved<'a> {
    /// Takes a new start for each text that is `kept`.
    fn new(segment: &'a Segment, kept: &[bool], starts: &mut impl Iterator<Item = u32>) -> Self {
        let starts: Vec<Option<u32>> = kept.iter().map(|is_kept| is_kept.then(|| starts.next()).flatten()).collect();
        let to = match starts.first() {
            Some(&Some(first)) if starts.iter().all(Option::is_some) => Places::All(first),
            _ => Places::Each(starts),
        };
        Self { segment, to }
    }

    /// Adds the postings of some keys, in order.
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
