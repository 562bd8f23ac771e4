//! Everything that dials: a hunt of ring groups of branches.

use super::{Activity, BlockId, Choice, ClipPlan, Data, HookPlan, Target};
use crate::expr::Template;
use crate::span::Span;
use crate::time::Millis;
use crate::wire::Cause;
use alloc::{string::String, vec::Vec};

/// Dial groups one after another until somebody is bridged.
#[derive(Clone, Debug)]
pub struct DialPlan {
    /// The hunt.
    pub groups: Vec<RingGroup>,
    /// When the caller is answered.
    pub answer: AnswerWhen,
    /// What the caller hears meanwhile.
    pub ringback: Vec<ClipPlan>,
    /// Loudness change of the ringback in dB.
    pub ringback_volume: Option<Template>,
    /// Country of the tone that an answered caller hears while somebody rings and there is no ringback.
    pub default_tone: Option<&'static str>,
    /// Whether the ringback starts again when it is over.
    pub ringback_loops: bool,
    /// Whether the caller may hear early media.
    pub early_media: EarlyMedia,
    /// Who wins.
    pub race: Race,
    /// Whose end is reported when nobody won.
    pub deciding: Deciding,
    /// Talk limit in seconds; absent is none.
    pub talk_limit: Option<Template>,
    /// The initial caller ends the talk with `*`.
    pub hangup_on_star: bool,
    /// Keys that are reported while talking.
    pub capture: Option<Capture>,
    /// Begun on the winner's leg once it is bridged, beside the talk.
    pub beside: Option<Activity>,
    /// Told how the dial as a whole goes.
    pub status_hook: Option<HookPlan>,
    /// What follows.
    pub after: AfterDial,
}

/// Branches dialled at once.
#[derive(Clone, Debug, Default)]
pub struct RingGroup {
    /// The branches.
    pub branches: Vec<Branch>,
}

/// One party to dial.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Where it stands.
    pub span: Span,
    /// Whom: as the document writes it.
    pub to: Template,
    /// Added to an address without `@`, where the dialect says so: the realm of users.
    pub is_user: bool,
    /// Number or address to show; the caller's own when absent.
    pub from: Option<Template>,
    /// Display name to show.
    pub from_name: Option<Template>,
    /// Headers of the INVITE: pairs, or one object that is only known when it runs.
    pub headers: Vec<(String, Template)>,
    /// Headers as one value, added after `headers`.
    pub more_headers: Option<Data>,
    /// Digest credentials.
    pub auth: Option<(Template, Template)>,
    /// Without `proxy`, numbers go back to where the caller came from.
    pub via_source: bool,
    /// `host:port` to send the INVITE to.
    pub proxy: Option<Template>,
    /// Codecs to offer.
    pub codecs: Vec<String>,
    /// `mandatory`, `optional` or `forbidden` SRTP.
    pub encryption: Option<Template>,
    /// Seconds between session refreshes.
    pub session_timeout: Option<Template>,
    /// Offer ICE and DTLS-SRTP.
    pub webrtc: Option<Template>,
    /// What a `stream:` destination is told, by the contract's names.
    pub stream: Vec<(&'static str, Data)>,
    /// Ring limit in seconds.
    pub ring_limit: Template,
    /// Used when `ring_limit` gives no positive number.
    pub ring_default: Millis,
    /// Run privately on the branch once it answered.
    pub screening: Option<Screening>,
    /// Told about this leg.
    pub watch: Vec<LegWatch>,
    /// Told how the dial as a whole goes while this leg is its winner, or about a stream.
    pub status_hook: Option<HookPlan>,
}

/// Instructions run privately on an answered branch, ending accepted or declined.
#[derive(Clone, Debug)]
pub struct Screening {
    /// Where they come from.
    pub source: ScreeningSource,
    /// Limit in seconds; absent is the ring limit.
    pub limit: Option<Template>,
}

/// Where screening instructions come from.
#[derive(Clone, Debug)]
pub enum ScreeningSource {
    /// They stand in the document.
    Block(BlockId),
    /// They are asked for; no usable reply declines.
    Hook {
        /// Whom to ask.
        hook: HookPlan,
        /// An empty reply accepts.
        empty_accepts: bool,
    },
}

/// Somebody told about changes of a leg.
#[derive(Clone, Debug)]
pub struct LegWatch {
    /// Whom to tell.
    pub hook: HookPlan,
    /// About what.
    pub changes: Vec<LegChange>,
}

/// A change of a leg that somebody may be told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegChange {
    /// It is being dialled.
    Created,
    /// It rings.
    Ringing,
    /// It sends audio before the answer.
    EarlyMedia,
    /// It answered.
    Answered,
    /// It is over.
    Ended,
    /// A hook that was asked on its behalf gave no usable reply.
    HookFailed,
}

/// When an unanswered caller is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerWhen {
    /// Before the first INVITE.
    Start,
    /// When somebody was accepted. Until then `ring` (180), or early media when `media`.
    Bridge {
        /// Open an audio path at once (183 with SDP) instead of 180.
        media: bool,
    },
}

/// Whether the caller may hear the audio of an unanswered branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlyMedia {
    /// Never.
    Never,
    /// When exactly one branch is dialled and there is no ringback.
    Single,
}

/// Who wins a ring group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Race {
    /// The first to answer; others are cancelled before it is screened.
    FirstAnswer,
    /// The first to be accepted; others ring on during screening.
    FirstAccepted,
}

/// Whose end is reported when nobody won.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deciding {
    /// The last to end.
    Last,
    /// The last to end, but one that nobody answered (487) stays.
    LastUnlessNoAnswer,
    /// The best final response (RFC 3261 §16.7): 6xx, then the lowest class, 401/407/415/420/484 first.
    Best,
}

/// Keys that are reported while talking.
#[derive(Clone, Debug)]
pub struct Capture {
    /// Key sequences of the caller.
    pub caller: Vec<String>,
    /// Key sequences of the callee.
    pub callee: Vec<String>,
    /// Whom to tell.
    pub hook: HookPlan,
}

/// What follows a dial.
#[derive(Clone, Debug)]
pub enum AfterDial {
    /// Set variables, run a block, go on.
    Variables {
        /// The platform's words.
        words: &'static Words,
        /// Chosen by the result.
        result: Option<Choice>,
        /// Run after a talk, before the next instruction.
        run: Option<Target>,
    },
    /// Ask what to do; the reply replaces the instructions.
    Hook {
        /// Whom; absent goes on.
        hook: Option<HookPlan>,
        /// When the reply is empty: go on instead of ending.
        empty_continues: bool,
        /// When there is no usable reply: go on instead of ending.
        failure_continues: bool,
    },
}

/// The words that a platform puts into variables after a dial.
#[derive(Debug)]
pub struct Words {
    /// Variables that receive `connected` or `failed`.
    pub result: &'static [&'static str],
    /// Variable that receives the reason of a failure.
    pub reason: &'static str,
    /// Somebody was bridged.
    pub connected: &'static str,
    /// Nobody was.
    pub failed: &'static str,
    /// Names of causes.
    pub causes: fn(Cause) -> &'static str,
}
