/**
 * Every closed vocabulary, once. The keys become the column's CHECK, the zod
 * enum on the wire and in the dataset files, and the definitions become their
 * documentation.
 */

import { type EventMode, type EventType, eventModeDefinitions, eventModes } from './plover.ts';

export * from './plover.ts';

/** How far an event has come, by the latest report of it. */
export const eventStatuses = {
  occurred: 'It took place, and a source reports it as done.',
  ongoing: 'It had begun and not ended when last reported.',
  planned: 'Somebody able to decide it has announced or scheduled it.',
  proposed: 'It was suggested or asked for; no one able to decide it has agreed.',
  alleged: 'Somebody says it took place, and no source reports it as fact.',
  cancelled: 'It was planned or under way and was called off.',
} as const;

/** What an actor does in an event. */
export const participantRoles = {
  initiator: 'Acts first: accuses, imposes, visits, announces.',
  recipient: 'Is acted upon or addressed.',
  participant: 'Takes part on equal terms with others.',
  host: 'Receives the others in its place.',
  mediator: 'Brings the others together or presides without being a side.',
  witness: 'Attests or observes formally.',
  signatory: 'Signs.',
  affected: 'Has to live with the consequences, but did not take part.',
} as const;

/** What sort of actor it is. */
export const actorKinds = {
  person: 'A human being, named or not.',
  organization: 'A body with members or staff: ministry, army, company, newspaper, alliance.',
  state: 'A country, also under the name of its capital or government.',
  group: 'People who form no organisation: analysts, migrant workers.',
  unspecified: 'Imported data does not say which of these it is.',
} as const;

/** How a source gives a statement. */
export const statementForms = {
  quote: 'The words themselves are in quotation marks.',
  paraphrase: 'The source reports the words indirectly.',
} as const;

/** Where a statement was made. */
export const statementMedia = {
  interview: 'Said to a reporter.',
  'press-conference': 'Said to the press together.',
  post: 'Published on social media.',
  website: "Published on the speaker's or relayer's website.",
  article: 'Written in an article by the speaker.',
  speech: 'Spoken in public.',
} as const;

/** What sort of proposition a claim is. */
export const claimKinds = {
  factual: 'That something is or was so.',
  causal: 'That one thing explains or brings about another.',
  predictive: 'That something will or may come about.',
  normative: 'That something should be, or is good or bad.',
  allegation: 'That somebody did wrong.',
} as const;

/** The position an actor has on a claim. */
export const stances = {
  asserts: 'Puts the proposition forward as true.',
  supports: 'Agrees with it or gives it backing without putting it forward.',
  reports: 'Passes on what others say, without agreeing or disagreeing.',
  doubts: 'Calls it uncertain, unproven or overstated.',
  denies: 'Says that it is not so.',
} as const;

/** The two sides of a claim, and none. */
export type Side = 'for' | 'against' | 'neither';

/** The side of a claim on which each stance is. */
export const sideOf = {
  asserts: 'for',
  supports: 'for',
  reports: 'neither',
  doubts: 'against',
  denies: 'against',
} as const satisfies Record<Stance, Side>;

/** What the positions on a claim amount to; derived when a dataset is loaded. */
export const standings = {
  disputed:
    'Somebody denies or doubts what another asserts or supports, or a contradicting claim is asserted too.',
  corroborated:
    'Two or more independent sources have it asserted by two or more independent voices, undisputed.',
  'one-sided':
    'Two or more independent sources have it asserted, but all voices are of one state or body; undisputed.',
  'single-source': 'One source, or none independent of another, has it asserted, undisputed.',
  unasserted: 'Nobody asserts or supports it: it is only denied, doubted or passed on.',
} as const;

/** How one event is linked to another: `A partOf B` says it of A. */
export const linkRelations = {
  partOf:
    'It took place as a part of the other: a meeting of a visit, a session of a conference, one exercise of a series.',
  fulfils: 'It is what the other promised, planned, agreed or proposed.',
  prompts: 'A text says that it brought the other about.',
  ends: 'It suspended, cancelled, lifted or replaced the other.',
} as const;

/** The same links, seen from the other event. */
export const inverseRelations = {
  hasPart: 'The other took place as a part of it.',
  fulfilledBy: 'The other is what it promised, planned, agreed or proposed.',
  promptedBy: 'A text says that the other brought it about.',
  endedBy: 'The other suspended, cancelled, lifted or replaced it.',
} as const;

/** How a link is called from the other end. */
export const inverseOf = {
  partOf: 'hasPart',
  fulfils: 'fulfilledBy',
  prompts: 'promptedBy',
  ends: 'endedBy',
} as const satisfies Record<LinkRelation, InverseRelation>;

/** On what a link between events rests. */
export const linkBases = {
  told: 'A passage says so; it is cited.',
  inferred: 'It follows from actors, days and matter alone; no passage says so.',
} as const;

/** What the number of a figure is a number of. */
export const measures = {
  killed: 'People who died.',
  wounded: 'People who were hurt.',
  displaced: 'People who had to leave their homes.',
  trafficked: 'People who were trafficked or forced to work.',
  detained: 'People who were arrested or detained.',
  people: 'Other people.',
  lost: 'Money or goods that somebody lost.',
  seized: 'Money or goods that an authority took.',
  earned: 'Money that somebody took in.',
  spent: 'Money that somebody gave, paid or invested.',
  traded: 'The value of goods or services that were traded.',
  rate: 'A rate of duty, tax or interest.',
  share: 'A part of a whole, or the size of one thing against another.',
  growth: 'A change against an earlier value.',
  duration: 'How long something lasted or is to last.',
  distance: 'How long or far something is.',
  count: 'Other things that are counted.',
} as const;

/** What sort of publication a source is. */
export const sourceKinds = {
  news: 'A report.',
  analysis: 'A report that explains, mostly through experts.',
  interview: 'A report built on one interview.',
  opinion: "A columnist's argument.",
  dataset: 'A collection of coded records, without a text.',
} as const;

/** What somebody named in an article's credits did for it. */
export const contributorRoles = {
  author: 'Wrote it.',
  editor: 'Edited it.',
  photographer: 'Took a photograph in it.',
} as const;

/** Parts of an article that are not its body. */
export const paratextKinds = {
  headline: 'Its title, or a heading inside it.',
  dateline: 'Place or date at its head.',
  caption: 'The words below a picture.',
  credit: 'Who wrote, edited or photographed it.',
  navigation: 'Words of the site around it.',
} as const;

/** The kinds of record that have an id. */
export const recordKinds = {
  dataset: 'A dataset.',
  topic: 'A topic.',
  actor: 'An actor.',
  source: 'A source.',
  event: 'An event.',
  statement: 'A statement.',
  claim: 'A claim.',
} as const;

/** The kinds of record whose JSON is stored as a document. A dataset has none, since its counts change with every load. */
export const documentKinds = [
  'topic',
  'actor',
  'source',
  'event',
  'statement',
  'claim',
] as const satisfies RecordKind[];

/** By what events are listed from a range of one index. */
export const eventKeyKinds = ['actor', 'topic', 'source', 'publisher'] as const;

/** The kinds of record that are found by full text. */
export const searchableKinds = [
  'event',
  'statement',
  'claim',
  'actor',
  'topic',
  'source',
] as const satisfies RecordKind[];

/** What happened to a record in a load. */
export const changeActions = {
  put: 'It was added or its content changed.',
  delete: 'It was withdrawn.',
  merge: 'It was merged into another record.',
} as const;

/** The words of a vocabulary, in the order in which it defines them. */
export function words<T extends object>(vocabulary: T): Extract<keyof T, string>[] {
  // Cast: an object of type T may have more keys than T names; a vocabulary has none.
  return Object.keys(vocabulary) as Extract<keyof T, string>[];
}

/** An object that has, for each of its words, the value that `make` returns. */
export function valuePerWord<T extends object>(
  wordsOfT: readonly (keyof T)[],
  make: <W extends keyof T>(word: W) => T[W],
): T {
  // Cast: the type of Object.fromEntries does not say which value belongs to which key.
  return Object.fromEntries(wordsOfT.map((word) => [word, make(word)])) as T;
}

/** The words for links between events, from both ends. */
export const relations = [...words(linkRelations), ...words(inverseRelations)];
export type Relation = LinkRelation | InverseRelation;

/** Every mode of every event type, each once, sorted. */
export const modes: readonly EventMode[] = words(eventModeDefinitions).sort();

const modesByType: Partial<Record<EventType, readonly EventMode[]>> = eventModes;

/** The modes that an event type can have. */
export function modesOf(type: EventType): readonly EventMode[] {
  return modesByType[type] ?? [];
}

export type EventStatus = keyof typeof eventStatuses;
export type ParticipantRole = keyof typeof participantRoles;
export type ActorKind = keyof typeof actorKinds;
export type StatementForm = keyof typeof statementForms;
export type StatementMedium = keyof typeof statementMedia;
export type ClaimKind = keyof typeof claimKinds;
export type Stance = keyof typeof stances;
export type Standing = keyof typeof standings;
export type LinkRelation = keyof typeof linkRelations;
export type InverseRelation = keyof typeof inverseRelations;
export type LinkBasis = keyof typeof linkBases;
export type Measure = keyof typeof measures;
export type SourceKind = keyof typeof sourceKinds;
export type ContributorRole = keyof typeof contributorRoles;
export type RecordKind = keyof typeof recordKinds;
export type ChangeAction = keyof typeof changeActions;
export type DocumentKind = (typeof documentKinds)[number];
export type EventKeyKind = (typeof eventKeyKinds)[number];
export type SearchableKind = (typeof searchableKinds)[number];
