//! The words that the patterns lean on. Closed classes and small lists, written for this project.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word can be to a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// is, are, was, were.
    Be,
    /// a, an.
    Indefinite,
    /// the.
    Definite,
    /// this, those, my, your, some: a phrase that points at something, and defines nothing.
    Pointing,
    /// it, they, there, who.
    Pronoun,
    /// of, in, by.
    Preposition,
    /// and, but, because.
    Joining,
    /// that, which, who: opens a clause about the word before.
    Relative,
    /// will, can, has: no noun phrase holds one.
    Auxiliary,
    /// Finite verbs that are seldom nouns.
    Verb,
    /// also, often, usually: may stand between term and verb.
    Adverb,
    /// type, process, person: what a definition begins with.
    Genus,
    /// problem, reason, question: what a judgment begins with.
    Appraisal,
    /// important, good, key: what a judgment is made with.
    Praise,
    /// high, aware, short: a quality, said of the subject with no noun behind it.
    Quality,
    /// term, word: "the term X".
    Label,
    /// What a defining verb begins with: refers, denotes.
    Defining,
    /// What a naming begins with: called, known.
    Naming,
    /// Tells one sense of a word from another: colloquial, stricter.
    Sort,
    /// What a question for a sense begins with.
    Asking,
}

/// A set of parts.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Parts(u32);

impl Parts {
    pub(super) const fn has(self, part: Part) -> bool {
        self.0 & (1 << part as u32) != 0
    }

    /// Whether the word cannot stand inside a plain noun phrase.
    pub(super) const fn ends_noun_phrase(self) -> bool {
        const ENDS: u32 = 1 << Part::Be as u32
            | 1 << Part::Indefinite as u32
            | 1 << Part::Definite as u32
            | 1 << Part::Pointing as u32
            | 1 << Part::Pronoun as u32
            | 1 << Part::Preposition as u32
            | 1 << Part::Joining as u32
            | 1 << Part::Relative as u32
            | 1 << Part::Auxiliary as u32
            | 1 << Part::Verb as u32
            | 1 << Part::Adverb as u32;
        self.0 & ENDS != 0
    }
}

/// What `word`, folded, can be.
pub(super) fn parts(word: &str) -> Parts {
    let known = WORDS.get(word).copied();
    let adverb = known.is_none() && word.len() > 5 && word.ends_with("ly");
    known.unwrap_or(if adverb { Parts(1 << Part::Adverb as u32) } else { Parts::default() })
}

static WORDS: LazyLock<FxHashMap<&'static str, Parts>> = LazyLock::new(|| {
    let mut words: FxHashMap<&str, Parts> = FxHashMap::default();
    for (part, list) in LISTS {
        for word in list.split_ascii_whitespace() {
            words.entry(word).or_default().0 |= 1 << *part as u32;
        }
    }
    words
});

const LISTS: &[(Part, &str)] = &[
    (Part::Be, "is are was were"),
    (Part::Indefinite, "a an"),
    (Part::Definite, "the"),
    (
        Part::Pointing,
        "this that these those my your his her its our their such another other some many most several few all both \
         each every no one two three same only first second third next last any either neither what which whose",
    ),
    (
        Part::Pronoun,
        "i you he she it we they me him us them there here this that these those who what which everyone someone \
         nobody nothing something anything everything one myself yourself himself itself ourselves themselves i'm i've \
         i'll i'd you're you've we're we've they're they've it's that's he's she's there's what's let's",
    ),
    (
        Part::Preposition,
        "of in on at by for from to with into onto upon over under below between among through during before after about \
         against within without across along around behind beyond despite toward towards via per like unlike as than \
         until since regarding concerning including according out off up down back away",
    ),
    (
        Part::Joining,
        "and or but nor so yet because although though while whereas if when where unless whether however how why",
    ),
    (Part::Relative, "that which who whom whose where when whereby wherein"),
    (
        Part::Auxiliary,
        "be been being am do does did done has have had having will would shall should can could may might must cannot \
         can't don't doesn't didn't isn't aren't wasn't weren't won't wouldn't not never get gets got",
    ),
    (
        Part::Verb,
        "include includes included exclude excludes require requires required seem seems seemed mean means meant refer \
         refers referred cover covers say says said make makes made take takes took become becomes became give gives \
         gave go goes went come comes came know knows knew think thinks thought believe believes find finds found see \
         sees saw show shows showed use uses used help helps helped allow allows allowed cause causes caused provide \
         provides provided contain contains contained consist consists involve involves involved describe describes \
         described define defines defined call calls called name named occur occurs occurred happen happens happened \
         begin begins began lead leads led tend tends want wants need needs keep keeps let lets put puts imply implies \
         suggest suggests argue argues argued claim claims claimed tell tells told ask asks asked coin coined introduce \
         introduced depend depends exist exists remain remains live lives lived feel feels felt hold holds held offer \
         offers offered strike strikes look looks looked follow follows followed arise arises arose explain explains \
         explained represent represents denote denotes comprise comprises raise raising gain gained",
    ),
    (
        Part::Adverb,
        "also often usually commonly generally sometimes typically frequently simply basically essentially now then \
         here just merely really actually still always currently originally traditionally formerly previously \
         collectively informally formally technically literally roughly broadly loosely thus therefore hence \
         specifically therein historically later once soon itself themselves alternatively variously more less very \
         too quite even rather either initially perhaps first together instead nevertheless nonetheless \
         please moreover furthermore likewise similarly consequently today",
    ),
    (
        Part::Genus,
        "act action activity agent agency amount animal approach area argument art aspect assumption assembly attempt attribute \
         behavior behaviour belief branch capacity category cell change characteristic class code collection \
         combination compound concept condition configuration configurations construct container course degree device \
         difference discipline disease disorder doctrine document effect element entity environment event expression \
         extent family feature field figure file form format formula framework function genre genus gland group \
         idea individual individuals instance instrument interaction language law layer level line link list location \
         loss machine manner material mathematical matter mean means measure measurement mechanism member method \
         mineral mixture mode model molecule movement name network notion number object objects operation operator \
         opinion order organ organism organisms organization particle particles party pattern people period \
         person phase phenomenon philosophy phrase piece place plant point portion position practice principle \
         procedure process product program programme property protein protocol quality quantity quotient range rate \
         ratio reaction region relation relationship representation representative result right ring role rule \
         sample scale science section segment sequence series service set shape situation skill software sound space \
         species stage standard state statement statistic strategy structure study style subgroup subset substance \
         substances sum surface symbol system tactic technique technology tendency term test text theory thing things \
         time tissue tool tradition transfer treatment tree trend type types unit use value variable variant variation \
         variety vehicle version vessel view way ways word words work",
    ),
    (
        Part::Appraisal,
        "case cases problem problems reason question issue example examples part parts matter mistake fact shame pity surprise success \
         failure winner favorite issue concern point thing lot bit challenge goal result consequence key sign \
         advantage disadvantage difference answer home lie joke evidence mystery story bad good fan step improvement \
         error exception luxury requirement prerequisite determinant contributor threat opportunity priority candidate \
         burden myth hope necessity reality waste default detail attempt motivation",
    ),
    (
        Part::Praise,
        "good bad great best worst better worse important key main major big huge real serious strong weak common \
         popular famous interesting nice useful helpful valuable clear obvious true false right wrong necessary \
         sufficient possible impossible likely unlikely available responsible able unable similar different hard easy \
         difficult crucial critical essential vital decent tough pretty significant well-known perfect \
         powerful imperfect rough elegant terrible wonderful lovely awesome crazy sloppy reasonable unreasonable promising \
         breaking sharp tricky inappropriate",
    ),
    (
        Part::Quality,
        "high higher low lower large larger small smaller long longer short big full empty open closed close near clear \
         sure aware afraid fond free present absent due equal capable alive dead awake asleep alone alike old older young \
         new rich poor deep fast slow quick early late ready unique rare scarce safe severe steep tall thick thin warm \
         cold hot dry wet white black red green blue worth busy sold kept lost built told paid strict loose bound subject prone",
    ),
    (
        Part::Defining,
        "refers refer referred is are was were be stands denotes denote means mean describes describe occurs occur \
         happens arises consists consist consisted comprises comprise constitutes represents represent involves involve \
         includes include examines studies deals states holds asserts suggests argues proposes posits says predicts \
         maintains focuses focus meant measures takes take has have",
    ),
    (Part::Naming, "called known referred termed dubbed labeled labelled designated nicknamed named described said"),
    (
        Part::Sort,
        "colloquial usual unusual ordinary everyday strict stricter strong stronger weak weaker narrow narrower broad \
         broader wide wider technical loose looser literal original normal standard nonstandard classical traditional \
         modern general specific precise formal informal intuitive different idiosyncratic strange odd weird special \
         particular popular folk",
    ),
    (Part::Asking, "what what's how define mean"),
    (Part::Label, "term terms word phrase concept notion name expression acronym abbreviation"),
];
