use std::collections::BTreeMap;

use ibid_text::words;
use proptest::prelude::*;

use super::{block::posting, segment::UNIT, *};

fn found(index: &Index, quote: &str) -> Vec<(FileId, i64)> {
    let spans: Vec<Span> = words(quote).map(|word| word.span).collect();
    let candidates = index.search(quote, &spans).second_look(usize::MAX, 0.0, |_| true);
    let mut found: Vec<_> = candidates.into_iter().map(|found| (found.file, found.start)).collect();
    found.sort_unstable();
    found
}

/// All postings and texts of a segment.
fn content(segment: &Segment) -> (Vec<u64>, Vec<segment::Member>) {
    let mut postings = Vec::new();
    segment.read(0, u64::MAX, |posting| postings.push(posting));
    (postings, segment.all_members().collect())
}

fn merged(segments: &[Segment], live: impl Fn(usize, usize) -> bool) -> Segment {
    let mut bytes = Vec::new();
    Segment::merge(&segments.iter().collect::<Vec<_>>(), live, &mut bytes).expect("memory can be written to");
    Segment::open(bytes).expect("was just written")
}

/// Texts with small and large vocabularies, so that there are long and short lists of postings.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![4 => "[ab]", 1 => "[a-h]{1,2}", 1 => "[a-z]{3,9}"];
    let text = prop::collection::vec(word, 0..900).prop_map(|words| words.join(" "));
    prop::collection::vec(text, 0..5)
}

#[test]
fn a_changed_source_is_found_by_its_new_words_only() {
    let mut index = Index::default();
    index.set(FileId(0), Postings::of(Segment::of("One fine day the snow fell.")));
    index.set(FileId(1), Postings::of(Segment::of("Then came a long and very cold one fine day, and it stopped.")));
    let found = |index: &Index| -> Vec<_> {
        found(index, "one FINE day").into_iter().map(|(file, start)| (file, (start + i64::from(UNIT)) / 32)).collect()
    };
    assert_eq!(found(&index), [(FileId(0), 0), (FileId(1), 1)]);
    index.set(FileId(0), Postings::of(Segment::of("Nothing.")));
    assert_eq!(found(&index), [(FileId(1), 1)]);
    index.remove(FileId(1));
    assert_eq!(found(&index), []);
}

#[test]
fn bytes_that_are_not_a_segment_are_rejected() {
    assert!(Segment::open(Vec::new()).is_err());
    assert!(Segment::open(b"One fine day the snow fell, and the day after it was gone again.".to_vec()).is_err());
    let mut other_version = Segment::of("One fine day").bytes().to_vec();
    let footer = other_version.len() - 44;
    other_version[footer + 7] += 1;
    assert!(Segment::open(other_version).is_err());
}

#[test]
fn a_place_belongs_to_the_text_that_contains_it() {
    let segment = Segment::of_many(&["", "one", &"two ".repeat(40), "", "three"]);
    let starts: Vec<u32> = segment.all_members().map(|member| member.start).collect();
    for place in 0..segment.end() {
        let slot = starts.iter().rposition(|&start| start <= place).expect("the first text begins at 0");
        assert_eq!(segment.slot_holding(place), slot);
        for near in 0..6 {
            assert_eq!(segment.slot_of(place, near), slot, "{place} from {near}");
        }
    }
}

#[test]
fn there_is_a_gap_between_texts() {
    let words = ["", "w", &"w ".repeat(8), &"w ".repeat(40), "w"];
    let segment = Segment::of_many(&words);
    let (postings, members) = content(&segment);
    for end in members.iter().skip(1).map(|member| member.start) {
        let before = postings.iter().map(|&posting| posting as u32).filter(|&place| place < end).max();
        assert!(before.is_none_or(|place| u64::from((end - place) * UNIT) >= segment::GAP_BYTES));
    }
}

proptest! {
    /// After any sequence of changes, the index answers like one built from the final texts.
    #[test]
    fn incremental_equals_from_scratch(
        shared in prop::collection::vec("([abc] ){0,12}", 0..4),
        changes in prop::collection::vec((0_u32..4, prop::option::of("([abc] ){0,12}")), 0..24),
        quote in "[abc] [abc]( [abc]){0,3}",
    ) {
        let mut index = Index::default();
        let segment = Arc::new(Segment::of_many(&shared));
        for slot in 0..shared.len() {
            index.set(FileId(slot as u32), Postings::among(segment.clone(), slot));
        }
        let mut texts: BTreeMap<u32, String> = (0..).zip(shared).collect();
        for (id, text) in changes {
            if let Some(text) = text {
                index.set(FileId(id), Postings::of(Segment::of(&text)));
                texts.insert(id, text);
            } else {
                index.remove(FileId(id));
                texts.remove(&id);
            }
        }
        let mut scratch = Index::default();
        for (&id, text) in &texts {
            scratch.set(FileId(id), Postings::of(Segment::of(text)));
        }
        prop_assert_eq!(found(&index, &quote), found(&scratch, &quote));
    }

    /// A segment merged from parts has the same postings and texts as one built at once, without the dropped texts; and
    /// every list in it is found.
    #[test]
    fn merged_equals_built_at_once(texts in texts(), cut in 0_usize..5, dead in prop::collection::vec(any::<bool>(), 5)) {
        let cut = cut.min(texts.len());
        let parts = [Segment::of_many(&texts[..cut]), Segment::of_many(&texts[cut..])];
        let at_once = Segment::of_many(&texts);
        prop_assert_eq!(content(&merged(&parts, |_, _| true)), content(&at_once));
        let kept: Vec<&String> = texts.iter().zip(&dead).filter(|&(_, &dead)| !dead).map(|(text, _)| text).collect();
        let without = merged(&parts, |part, slot| !dead[part * cut + slot]);
        prop_assert_eq!(content(&without), content(&Segment::of_many(&kept)));
        let (postings, _) = content(&at_once);
        for list in postings.chunk_by(|a, b| a >> 32 == b >> 32) {
            let key = (list[0] >> 32) as u32;
            let mut read = Vec::new();
            at_once.read(posting(key, 0), posting(key, u32::MAX), |posting| read.push(posting));
            for skipped in 0..4 {
                let mut sampled = Vec::new();
                let range = (posting(key, 0), posting(key, u32::MAX));
                let left = at_once.sample(range, skipped, 3, |posting| sampled.push(posting));
                prop_assert_eq!(left, (skipped + 3 * sampled.len()).saturating_sub(read.len()));
                prop_assert_eq!(sampled, read.iter().copied().skip(skipped).step_by(3).collect::<Vec<_>>());
            }
            prop_assert_eq!(&read, list);
            prop_assert_eq!(at_once.count(key, key), list.len());
        }
    }

    /// Looking up several keys together gives the same postings as looking up each alone, also for absent keys.
    #[test]
    fn keys_looked_up_together_have_the_same_postings(texts in texts(), others in prop::collection::vec(any::<u32>(), 0..9)) {
        let segment = Segment::of_many(&texts);
        let words: Vec<Span> = texts.first().map(|text| words(text).map(|word| word.span).collect()).unwrap_or_default();
        let Keys { pairs, singles } = Keys::of(texts.first().map_or("", String::as_str), &words);
        let alone = |key| Key { first: key, last: key, offset: 0 };
        let sought: Vec<Key> = pairs.into_iter().chain(singles).chain(others.into_iter().map(alone)).collect();
        for (key, blocks) in sought.iter().zip(segment.blocks_of(&sought)) {
            let (mut together, mut apart) = (Vec::new(), Vec::new());
            segment.fetch(std::iter::once(&blocks));
            segment.read_key(key, &blocks, |posting| together.push(posting));
            segment.read(posting(key.first, 0), posting(key.last, u32::MAX), |posting| apart.push(posting));
            prop_assert!(segment.count_in(&blocks) >= apart.len());
            prop_assert_eq!(together, apart);
        }
    }

    /// A first look, which skips frequent pairs, finds every place that has the exact words of a quotation.
    #[test]
    fn a_first_look_misses_no_faithful_place(
        texts in texts(),
        text in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 2_usize..12,
    ) {
        let mut index = Index::default();
        for (id, text) in (0..).zip(&texts) {
            index.set(FileId(id), Postings::of(Segment::of(text)));
        }
        prop_assume!(!texts.is_empty());
        let file = text.index(texts.len());
        let spans: Vec<Span> = words(&texts[file]).map(|word| word.span).collect();
        prop_assume!(spans.len() > length);
        let quoted = &spans[at.index(spans.len() - length)..][..length];
        let quote = quoted[0].cover(quoted[length - 1]);
        let words: Vec<Span> = words(quote.of(&texts[file])).map(|word| word.span).collect();
        let candidates = index.search(quote.of(&texts[file]), &words).first_look(usize::MAX, 0.0, |_| true);
        let is_it = |found: &Candidate| {
            found.file == FileId(file as u32) && (found.start - i64::from(quote.start)).abs() < 64
        };
        prop_assert!(candidates.iter().any(is_it), "{quote:?} of {file}: {candidates:?}");
    }

    /// A corrupt segment is either detected when it is read or gives correct answers; nothing panics.
    #[test]
    fn damage_is_noticed(texts in texts(), at in any::<prop::sample::Index>(), change in 1_u8.., cut in any::<bool>()) {
        let sound = Segment::of_many(&texts);
        let mut bytes = sound.bytes().to_vec();
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] ^= change;
        }
        if let Ok(rotten) = Segment::open(bytes) {
            let is_written = Segment::merge(&[&rotten], |_, _| true, &mut Vec::new()).is_ok();
            let is_sound = content(&rotten) == content(&sound);
            prop_assert!(is_sound || rotten.is_corrupt());
            prop_assert!(is_sound || !is_written);
        }
    }
}
