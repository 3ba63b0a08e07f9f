//! Words and what they do in a sentence: hedge, report, negate, compare. Written for this project.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Cardinals from zero to twenty; each stands at its value.
pub(crate) const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The tens from thirty to ninety.
pub(crate) const TENS: &[&str] = &["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// What a word can do. A word can do several things.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Always or nearly always lowers certainty: may, perhaps, probably.
    Hedge,
    /// Can lower certainty, by what stands around it: can, indicate, potential.
    MayHedge,
    /// Takes something as given without asserting it: assume, suppose, hypothesize.
    Assume,
    /// Says whose words follow: says, reports, argues.
    Report,
    /// Raises certainty: clearly, proves, confirms.
    Boost,
    /// Turns a statement round: not, never, without.
    Negate,
    /// How many, weakly: some, few, often.
    Part,
    /// How many, strongly: all, every, always.
    Whole,
    /// More of something: increases, higher, rises.
    More,
    /// Less of something: decreases, lower, falls.
    Less,
    /// Says that one thing brings about another: causes, prevents, leads.
    Cause,
    /// Says that two things go together: associated, linked, correlates.
    Correlate,
    /// Opens a condition: if, unless, provided.
    Condition,
    /// Speaks of the writer: I, my, we.
    First,
    /// Speaks to the reader: you, your.
    Second,
    /// Judges rather than states: good, beautiful, should.
    Judge,
    /// Says what ought to be: should, must, need.
    Ought,
    /// Carries grammar, not content: the, of, is.
    Function,
    /// A quantity in words: million, half, twice, percent.
    Quantity,
    /// Names a month or a day.
    Calendar,
    /// A hedge that leaves it open: may, perhaps.
    Possible,
    /// A hedge that leans one way: likely, seems.
    Probable,
    /// Speaks of what is not known: unclear, limited.
    Doubt,
    /// Says that a figure or a rule is rough: about, often.
    Rough,
}

/// A set of classes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Classes(u32);

impl Classes {
    /// Whether `class` is among them.
    pub const fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u32) != 0
    }

    const fn and(self, class: Class) -> Self {
        Self(self.0 | 1 << class as u32)
    }
}

/// The classes of a folded word.
pub fn classes(word: &str) -> Classes {
    WORDS.get(word).copied().unwrap_or_default()
}

/// Whether a folded word carries grammar, not content.
pub fn is_function_word(word: &str) -> bool {
    classes(word).has(Class::Function)
}

static WORDS: LazyLock<FxHashMap<&'static str, Classes>> = LazyLock::new(|| {
    let mut words: FxHashMap<&str, Classes> = FxHashMap::default();
    for (class, list) in LISTS {
        for word in list.split_ascii_whitespace() {
            let classes = words.entry(word).or_default();
            *classes = classes.and(*class);
        }
    }
    words
});

const LISTS: &[(Class, &str)] = &[
    (
        Class::Hedge,
        "may might maybe perhaps possibly probably presumably apparently seemingly supposedly allegedly reportedly \
         arguably conceivably hypothetically potentially plausibly likely unlikely probable plausible possible \
         seem seems seemed seeming appear appears appeared suggest suggests suggested suggesting suggestive suggestion \
         suggestions speculate speculates speculated speculation speculative hypothesis hypotheses hypothesize \
         hypothesizes hypothesized hypothesise hypothesised hypothesizing postulate postulates postulated propose \
         proposes proposing putative imply implies implied implying unclear uncertain uncertainty \
         unknown possibility possibilities whether tentative tentatively guess suspect suspects suspected believe \
         believes believed think thinks thought assume assumes assumed assuming assumption assumptions presume \
         presumes presumed suppose supposes supposed conjecture conjectures conjectured tend tends tended infer inferred \
         deduce deduced could roughly approximately somewhat rumored rumoured purported purportedly plausibility \
         preliminary doubt doubtful questionable",
    ),
    (
        Class::MayHedge,
        "can would should or either if indicate indicates indicated indicating indication indications predict predicts \
         predicted prediction expect expects expected considered consider notion idea apparent potential known clear \
         understood evidence support supports raise raises raised raising estimate estimates estimated about around \
         nearly almost often sometimes usually generally typically largely mostly mainly partly relatively not no \
         question questions viable consistent conclusion elucidated hint hints hinted point points risk chance help \
         helps hope hopes feel implicating implicate implicated evaluated examined obscure proof cannot theory \
         theories view feels sense investigated determined addressed tested test",
    ),
    (
        Class::Assume,
        "assume assumes assumed assuming assumption assumptions suppose supposes supposing posit posits posited \
         hypothesize hypothesizes hypothesized hypothesise hypothesised hypothesis hypotheses presume presumes presumed \
         premise premises stipulate stipulates stipulated postulate postulates postulated imagine conjecture \
         conjectures conjectured hypothetically",
    ),
    (
        Class::Report,
        "says said say saying writes wrote claims claimed claim argues argued argue reports reported report states \
         stated contends contended maintains maintained asserts asserted according tells told alleges alleged \
         announced announces notes noted insists insisted describes described reportedly allegedly believes believe \
         thinks suggests",
    ),
    (
        Class::Boost,
        "clearly certainly definitely undoubtedly obviously always never proves proved proven prove confirms confirmed \
         confirm demonstrates demonstrated demonstrate establishes established establish shows showed shown show found \
         finds find reveals revealed reveal unequivocally conclusively indeed must fact truth sure surely indisputably \
         guarantees guaranteed ensures know",
    ),
    (
        Class::Negate,
        "not no never none nobody nothing neither nor without cannot can't don't doesn't didn't isn't aren't wasn't \
         weren't won't wouldn't shouldn't couldn't hasn't haven't hadn't ain't hardly scarcely barely lack lacks lacked \
         fails failed fail unable",
    ),
    (
        Class::Part,
        "some several few fewer many much most often sometimes usually generally typically largely mostly mainly partly \
         partially occasionally rarely certain various frequently about approximately roughly nearly almost around \
         half majority minority at least",
    ),
    (
        Class::Whole,
        "all every each always never none no only entire entirely completely wholly everyone everybody everything \
         nobody nothing any both sole solely exclusively universal universally total totally invariably",
    ),
    (
        Class::More,
        "more higher greater larger bigger increase increases increased increasing rise rises rose rising risen grow \
         grows grew growing grown gain gains gained raise raises raised raising improve improves improved improving \
         better faster longer stronger above exceed exceeds exceeded boost boosts boosted up upward elevated enhance \
         enhances enhanced enhancing accelerate accelerates accelerated most highest largest",
    ),
    (
        Class::Less,
        "less lower fewer smaller decrease decreases decreased decreasing fall falls fell falling fallen drop drops \
         dropped dropping decline declines declined declining reduce reduces reduced reducing reduction shrink shrinks \
         shrank worse slower shorter weaker below down downward diminish diminishes diminished impair impairs impaired \
         suppress suppresses suppressed inhibit inhibits inhibited lowest smallest least",
    ),
    (
        Class::Cause,
        "cause causes caused causing lead leads led leading prevent prevents prevented preventing produce produces \
         produced trigger triggers triggered triggering make makes made making drives drive drove driven induces induce \
         induced results resulted effect effects affect affects affected because due reduce reduces reduced reducing \
         increase increases improve improves improved boost boosts boosted protect protects protected protecting kill \
         kills killed cure cures cured help helps raise raises cut cuts cutting lower lowers lowered stop stops halt \
         halts enable enables enabled",
    ),
    (
        Class::Correlate,
        "associated association associations associate correlates correlated correlation correlations correlate linked \
         link links tied related relation relationship relationships predict predicts predicted predictor predictors predictive connection connected connections tie ties",
    ),
    (Class::Condition, "if unless provided whenever otherwise suppose supposing imagine assuming were"),
    (Class::First, "i me my mine myself i'm i've i'd i'll we us our ours ourselves we're we've we'd we'll"),
    (Class::Second, "you your yours yourself you're you've you'd you'll let's"),
    (
        Class::Judge,
        "good bad best worst better worse great terrible beautiful ugly important interesting nice wonderful awful \
         right wrong fair unfair useful helpful valuable elegant silly stupid brilliant amazing boring sad happy \
         excellent poor reasonable sensible worthwhile worth",
    ),
    (Class::Ought, "should must ought need needs needed needn't shall recommend recommends please want wants"),
    (
        Class::Function,
        "a an the this that these those it its he him his she her hers they them their theirs who whom whose which what \
         when where why how there here i me my we us our you your and or but nor so yet if then than as of in on at by \
         for from to with into onto upon over under between among through during before after about against within \
         without across along is are was were be been being am do does did done doing have has had having will would \
         shall should can could may might must not no also just very too only even still such both either neither each \
         it's that's there's he's she's they're s t re ve ll d m while because since until although though however \
         thus hence therefore own same other another any some all out up down off again further once more most less \
         least much many few",
    ),
    (
        Class::Quantity,
        "million billion trillion hundred thousand thousands millions billions dozen percent percentage half third \
         quarter double twice triple two three four five six seven eight nine ten eleven twelve twenty thirty forty \
         fifty sixty seventy eighty ninety majority minority average median rate rates fold times",
    ),
    (
        Class::Possible,
        "may might could possibly perhaps maybe possible potentially potential possibility whether speculate hypothesize \
         hypothesis hypothesise",
    ),
    (
        Class::Probable,
        "likely probably probable appear appears appeared seem seems seemed believe think expected presumably apparently \
         thought believed suggest suggests suggested suggesting imply implies",
    ),
    (
        Class::Doubt,
        "limited limitation limitations unclear unknown untested insufficient inconclusive mixed preliminary questionable \
         controversial uncertain unavailable",
    ),
    (Class::Rough, "about roughly approximately around nearly almost often sometimes generally somewhat partly"),
    (
        Class::Calendar,
        "january february march april may june july august september october november december monday tuesday wednesday \
         thursday friday saturday sunday",
    ),
];
