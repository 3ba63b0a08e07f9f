//! The words by which the signs are known. Written for this project.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word can be in a frame. A word can be several things.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Takes its sentence out of the matter: thought experiments, modality, narrative, formulas.
    Unfit,
    /// Opens a supposition, an instruction or a caption.
    Opening,
    /// Points at the text itself, before a word of [`Kind::OfTheText`].
    Pointing,
    /// What a text calls itself and its parts.
    OfTheText,
    /// What research and experience are called.
    Research,
    /// Verbs by which research is reported.
    Finds,
    /// People in general.
    People,
    /// Things of which there are many in the world, so that somebody would have to count.
    Things,
    /// Verbs for asking and complaining: what was said is on record somewhere.
    Asks,
    /// Verbs for what goes on in people's heads.
    Thinks,
    /// Often, of what is said.
    Often,
    /// By most, of what is thought.
    Widely,
    /// Participles of saying: what was said is on record somewhere.
    Said,
    /// Participles of thinking.
    Thought,
    /// Participles of finding.
    Found,
    /// Adjectives of what many hold, before a word of [`Kind::Opinion`].
    Shared,
    /// What many hold.
    Opinion,
    /// How something is used.
    Used,
    /// Comparatives of what is measured.
    Measured,
    /// Makes a difference large.
    ByMuch,
    /// Superlatives of rank.
    Top,
    /// Verbs for what somebody in particular said or did.
    Deed,
    /// Verbs of change over time.
    Changed,
    /// Verbs of cause.
    Causes,
    /// Says that it is so in fact, or by now.
    InFact,
    /// Adjectives of what goes on in people's heads.
    State,
    /// Verbs of policy.
    Prescribes,
    /// Known to all, for the worse.
    Notorious,
    /// What there have been many of.
    Reports,
    /// How often something is so.
    Mostly,
    /// Hardly ever.
    Rarely,
    /// What is hardly ever done, or often.
    Needed,
    /// Leads over to a reason: what is said is leant on.
    Reason,
    /// What many reasons can be the greatest of.
    Factor,
    /// Between a quantifier and what it counts: says that they are out there in the world.
    Outside,
    /// Before a number: makes it a label, not a count.
    Label,
}

/// The kinds of a word, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Kinds(u64);

impl Kinds {
    /// What a folded word can be.
    pub(super) fn of(word: &str) -> Self {
        WORDS.get(word).copied().unwrap_or_default()
    }

    pub(super) const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }
}

static WORDS: LazyLock<FxHashMap<&'static str, Kinds>> = LazyLock::new(|| {
    let mut words: FxHashMap<&str, Kinds> = FxHashMap::default();
    for (kind, list) in LISTS {
        for word in list.split_ascii_whitespace() {
            words.entry(word).or_default().0 |= 1 << *kind as u32;
        }
    }
    words
});

const LISTS: &[(Kind, &str)] = &[
    (
        Kind::Unfit,
        "would could might may should must ought shall please possibly maybe speculate can't cannot hypothetical hypothetically example e.g eg instance will imagine suppose let \
         won't wouldn't probably presumably seemingly perhaps arguably seems seem if unless he him she her his hers todo \
         tbd assume assumes assuming suppose supposes supposing posit posits hypothesize imagining conjecture proposal proposals propose proposes proposed goal goals = < > | \\ :: axis plotted highlights interval \
         intervals ^ v cir",
    ),
    (
        Kind::Opening,
        "if suppose imagine say let consider unless whether assuming note figure table subtitle caption \
         use make get keep add do don't",
    ),
    (Kind::Pointing, "this the next previous following above below current our"),
    (
        Kind::OfTheText,
        "rfc section post page note notes document essay chapter appendix table figure list paragraph sequence following \
         example examples proposal article paper author authors alternative approach design option statistics data numbers results survey discussion",
    ),
    (
        Kind::Research,
        "studies study research researchers surveys experiments scientists meta-analysis statistics trials experience \
         evidence history polls literature data counts numbers metrics estimates reports anecdotes",
    ),
    (
        Kind::Finds,
        "show shows showed shown find finds found suggest suggests suggested indicate indicates indicated demonstrate \
         demonstrates demonstrated reveal revealed reveals report reported confirm confirms confirmed estimate estimated \
         taught teaches",
    ),
    (
        Kind::People,
        "people americans europeans scientists researchers economists philosophers historians physicists psychologists \
         experts scholars critics doctors users developers programmers students teachers maintainers newcomers beginners \
         engineers companies organizations organisations countries states women men children adults humans readers \
         customers employees vendors owners contributors practitioners folks parents voters citizens patients workers \
         consumers firms governments banks investors founders authors academics journalists",
    ),
    (
        Kind::Things,
        "crates projects libraries packages programs applications apps codebases devices machines websites sites servers \
         computers phones products cities households papers studies books articles vulnerabilities bugs usages services \
         tokens distributions repositories games schools universities accidents crimes deaths diseases drugs \
         species animals plants jobs attacks traits text software code cases partners",
    ),
    (
        Kind::Asks,
        "ask asks asked asking request requests requested requesting complain complains complained complaining report \
         reports reported reporting express expressed expressing objected argue argued claim claimed criticized \
         criticised praised demand demanded wished voiced voted",
    ),
    (
        Kind::Thinks,
        "believe think thought believed agree prefer expect feel worry forget misunderstand misunderstood underestimate \
         overestimate",
    ),
    (Kind::Often, "often frequently commonly repeatedly usually popularly increasingly constantly"),
    (Kind::Widely, "widely universally broadly commonly popularly"),
    (
        Kind::Said,
        "requested reported cited criticized criticised praised heard mentioned asked suggested raised complained quoted \
         claimed ranked listed rated named voted blamed credited misquoted",
    ),
    (
        Kind::Thought,
        "considered regarded believed accepted recognized recognised acknowledged viewed seen agreed thought held known \
         misunderstood recommended",
    ),
    (Kind::Found, "shown found demonstrated proven discovered revealed observed established"),
    (Kind::Shared, "popular common widespread frequent prevailing conventional growing perennial general"),
    (
        Kind::Opinion,
        "opinion belief view complaint complaints criticism request requests misconception misconceptions wisdom consensus \
         demand concern objection sentiment desire",
    ),
    (Kind::Used, "used deployed adopted popular installed downloaded cited read known spoken supported practiced"),
    (
        Kind::Measured,
        "faster slower larger smaller bigger cheaper higher lower longer shorter safer deadlier richer poorer performant \
         efficient expensive accurate likely common popular productive effective more less fewer better worse older \
         younger",
    ),
    (Kind::ByMuch, "far significantly considerably noticeably substantially vastly dramatically measurably markedly"),
    (Kind::Top, "largest biggest highest lowest oldest fastest richest smallest deadliest leading earliest"),
    (
        Kind::Deed,
        "argued claimed showed proved found discovered invented introduced published founded coined wrote announced \
         reported estimated predicted observed concluded demonstrated signed launched joined resigned testified won \
         received bought sold banned pledged admitted denied promised released",
    ),
    (
        Kind::Changed,
        "doubled tripled quadrupled grew rose fell declined increased decreased dropped soared surged growing rising \
         shrank",
    ),
    (Kind::Causes, "causes caused prevents prevented kills killed leads led leading results resulted"),
    (Kind::InFact, "today nowadays already empirically"),
    (Kind::Outside, "existing current major modern commercial published popular other real-world large successful"),
    (
        Kind::State,
        "aware unaware prepared interested familiar unfamiliar comfortable reluctant willing unwilling surprised confused \
         convinced satisfied frustrated afraid",
    ),
    (
        Kind::Prescribes,
        "recommend recommends recommended forbid forbids forbade ban bans banned prohibit prohibits prohibited discourage \
         discourages encourages mandate mandates mandated",
    ),
    (Kind::Notorious, "notorious notoriously infamous infamously well-documented"),
    (
        Kind::Reports,
        "reports cases complaints requests bugs accounts examples instances incidents lawsuits evidence anecdotes",
    ),
    (Kind::Mostly, "often usually commonly typically generally frequently routinely tend tends"),
    (Kind::Rarely, "rarely seldom hardly never infrequently scarcely"),
    (
        Kind::Needed,
        "needed used required wanted done seen encountered necessary useful desirable read noticed understood important \
         relevant written tested checked fixed updated",
    ),
    (Kind::Reason, "because since"),
    (
        Kind::Factor,
        "reason reasons cause causes source sources obstacle obstacles barrier barriers blocker blockers complaint complaints \
         driver drivers killer challenge challenges",
    ),
    (
        Kind::Label,
        "version step page line chapter section figure table level type part phase case option rule issue number item \
         rust c u i f rfc edition tier",
    ),
];
