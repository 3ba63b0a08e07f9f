//! What a claim demands of a passage before it counts as supported.

use ibid_language::{Class, List};
use ibid_text::Span;
use serde::{Deserialize, Serialize};

use super::{
    attribution,
    direction::negations_differ,
    extent, name,
    nearest::Coverage,
    quantity::{Quantity, Unit},
    side::Side,
    strength::{Assertion, Frame},
};
use crate::tokens::Token;

/// Something that a claim says and that its passage must have too.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DemandKind {
    /// A number or share.
    Figure,
    /// A place in an order: the third, the 95th.
    Ordinal,
    /// A year, month or day.
    Date,
    /// A proper name.
    Name,
    /// All, most, some; always, often.
    Quantifier,
    /// Not, never, without.
    Negation,
    /// More or less, rise or fall.
    Comparison,
    /// May, must, if.
    Modality,
    /// Whose view it is.
    Attribution,
    /// The other words, taken together.
    Words,
}

impl DemandKind {
    /// The kind in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Figure => "figures",
            Self::Ordinal => "ordinals",
            Self::Date => "dates",
            Self::Name => "names",
            Self::Quantifier => "how many or how often",
            Self::Negation => "negation",
            Self::Comparison => "more or less",
            Self::Modality => "certainty",
            Self::Attribution => "who says so",
            Self::Words => "other words",
        }
    }
}

/// A demand of the claim that its passage does not meet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Demand {
    /// What is demanded.
    pub kind: DemandKind,
    /// The words of the claim; the whole claim for what has no words of its own.
    pub claim: Span,
}

/// The least share of the claim that the nearest sentence must have.
const IN_SENTENCE: f32 = 0.6;
/// The least share that it must have together with its neighbours.
const IN_WINDOW: f32 = 0.8;

/// A claim and the part of its evidence that is about the same.
pub(super) struct Demands<'c, 'a> {
    pub(super) claim: &'c Side<'a>,
    pub(super) evidence: &'c [Side<'a>],
    pub(super) nearest: &'c Side<'a>,
    pub(super) coverage: &'c Coverage,
    pub(super) said: &'c Assertion,
    pub(super) shown: &'c Assertion,
}

impl Demands<'_, '_> {
    /// What the claim demands and the evidence does not have.
    pub(super) fn unmet(&self) -> Vec<Demand> {
        let mut unmet = self.figures();
        unmet.extend(self.names());
        unmet.extend(self.at_tokens(DemandKind::Quantifier, extent::unmet(self.claim, self.nearest)));
        unmet.extend(self.negation());
        unmet.extend(self.comparison());
        unmet.extend(self.modality());
        unmet.extend(self.attribution());
        unmet.extend(self.words());
        unmet
    }

    fn figures(&self) -> Vec<Demand> {
        // "40 percent" is not "40 centimetres".
        let here = |wanted: &Quantity| {
            self.nearest.quantities.iter().any(|other| other.unit == wanted.unit && other.agrees(wanted))
        };
        let kind = |unit| match unit {
            Unit::Ordinal => DemandKind::Ordinal,
            Unit::Year => DemandKind::Date,
            _ => DemandKind::Figure,
        };
        // The mark of a note, "[3]", is no figure.
        let is_mark = |first: usize| first > 0 && self.claim.form(first - 1) == "[";
        let wanted = self.claim.quantities.iter().filter(|wanted| !is_mark(wanted.first));
        let lacking = wanted.filter(|wanted| !here(wanted));
        lacking.map(|wanted| Demand { kind: kind(wanted.unit), claim: wanted.span }).collect()
    }

    fn names(&self) -> Vec<Demand> {
        let initialled = name::initialled(self.claim, self.evidence);
        let has = |stem: &str| self.evidence.iter().flat_map(|side| &side.words).any(|word| word.stem == stem);
        let known = |stem: &str| has(stem) || initialled.contains(stem);
        let lacking =
            self.claim.words.iter().filter(|word| self.claim.tokens[word.token].capital && !known(&word.stem));
        let kind = |at: usize| if self.claim.is(at, Class::Calendar) { DemandKind::Date } else { DemandKind::Name };
        let names = lacking.filter(|word| word.name || self.claim.is(word.token, Class::Calendar));
        names.map(|word| Demand { kind: kind(word.token), claim: self.claim.tokens[word.token].span }).collect()
    }

    fn negation(&self) -> Option<Demand> {
        negations_differ(self.claim, self.nearest).then(|| self.whole(DemandKind::Negation))
    }

    fn comparison(&self) -> Vec<Demand> {
        let compares = [Class::Increase, Class::Decrease];
        // "Most bakers" compares nothing.
        let is_amount = |token: &Token<'_>| self.claim.language.value(List::Amount, &token.form).is_some();
        let has =
            |side: &Side<'_>, class| side.tokens.iter().any(|token| token.classes.has(class) && !is_amount(token));
        // "More than any other".
        let than_any = |side: &Side<'_>| {
            (0..side.tokens.len())
                .any(|at| side.form(at) == "than" && matches!(side.form(at + 1), "any" | "all" | "every"))
        };
        if than_any(self.claim) && !than_any(self.nearest) {
            return vec![self.whole(DemandKind::Comparison)];
        }
        let wanted = compares.into_iter().filter(|&class| has(self.claim, class) != has(self.nearest, class));
        wanted.take(1).map(|_| self.whole(DemandKind::Comparison)).collect()
    }

    fn modality(&self) -> Option<Demand> {
        let obliges = |side: &Side<'_>| side.has(Class::Obligation);
        let depends = |side: &Side<'_>| side.has(Class::ConditionalModal);
        let differs = depends(self.nearest) && !depends(self.claim)
            || self.said.frame != self.shown.frame && self.shown.frame != Frame::Asserted
            || obliges(self.claim) != obliges(self.nearest);
        differs.then(|| self.whole(DemandKind::Modality))
    }

    fn attribution(&self) -> Option<Demand> {
        let tells = attribution::tells_a_view;
        let mut holders = self.claim.tokens.iter().filter(|token| token.classes.has(Class::ViewHolder));
        let has = |holder: &Token<'_>| self.nearest.tokens.iter().any(|other| other.form == holder.form);
        let is_another = tells(self.claim) && !holders.all(has);
        (is_another || tells(self.claim) != tells(self.nearest)).then(|| self.whole(DemandKind::Attribution))
    }

    fn words(&self) -> Option<Demand> {
        let borne = self.coverage.sentence >= IN_SENTENCE && self.coverage.window >= IN_WINDOW;
        (!borne).then(|| self.whole(DemandKind::Words))
    }

    fn whole(&self, kind: DemandKind) -> Demand {
        Demand { kind, claim: self.claim.span }
    }

    fn at_tokens(&self, kind: DemandKind, tokens: Vec<usize>) -> impl Iterator<Item = Demand> {
        tokens.into_iter().map(move |at| Demand { kind, claim: self.claim.tokens[at].span })
    }
}
