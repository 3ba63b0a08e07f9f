/// The letters and digits of a text, as a set of 64 bits. Some letters share a bit, so a text may seem to contain more than it
/// does.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Letters(u64);

impl Letters {
    /// The letters of a text, in any case.
    pub fn of(text: &str) -> Self {
        let place = |c: char| match c {
            'a'..='z' => c as u32 - 'a' as u32,
            '0'..='9' => 26 + (c as u32 - '0' as u32),
            c => 36 + c as u32 % 28,
        };
        let folded = text.chars().filter(|c| !c.is_whitespace()).filter_map(|c| c.to_lowercase().next());
        Self(folded.fold(0, |set, c| set | 1 << place(c)))
    }

    /// Whether all of `others` may be among them.
    pub const fn may_hold(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

#[test]
fn a_letter_of_the_text_is_always_found() {
    for (text, part) in [("Überblick 2", "ü2"), ("What is drift?", "WHDR"), ("知识", "识"), ("", "")] {
        assert!(Letters::of(text).may_hold(Letters::of(part)), "{part} in {text}");
    }
    assert!(!Letters::of("drift").may_hold(Letters::of("x")));
}
