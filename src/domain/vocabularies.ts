/**
 * Every closed vocabulary, once. The keys become the column's CHECK, the zod
 * enum on the wire and in the dataset files, and the definitions become their
 * documentation.
 */

/**
 * Event types: the sixteen of PLOVER (Political Language Ontology for Verifiable
 * Event Records), definitions in our own words.
 */
export const eventTypes = {
  AGREE: 'Agree to, promise or formally commit to a future act, alone or in an accord.',
  CONSULT: 'Meet, visit, telephone or otherwise talk, negotiate or mediate.',
  SUPPORT: 'Voice or show approval, or symbolic or diplomatic backing.',
  CONCEDE: 'Give way: ease, lift or soften a measure, accept a demand, apologise.',
  COOPERATE: 'Carry out joint or material cooperation: exercises, trade, shared work.',
  AID: 'Provide material aid: money, goods, training, protection.',
  RETREAT: 'Pull back or stop: withdraw, release, disarm, cease fire, step down.',
  REQUEST: 'Ask, appeal, demand or propose that another act.',
  ACCUSE: 'Accuse, criticise, investigate or disapprove.',
  REJECT: 'Refuse, decline or deny a request, a demand or an accusation.',
  THREATEN: 'Threaten or warn of a hostile act to come.',
  PROTEST: 'Demonstrate or act collectively against an authority or a policy.',
  SANCTION: 'Reduce or break off normal relations, aid, trade or agreements; penalise.',
  MOBILIZE: 'Raise, move or build up forces or military capability without a fight.',
  COERCE: 'Repress or restrict by law or force: arrest, ban, seize, dissolve.',
  ASSAULT: 'Use physical force against people or property, up to war.',
} as const;

/** PLOVER's modes, per event type; a type that is missing has none. */
export const eventModes = {
  CONSULT: ['visit', 'third-party', 'multilateral', 'phone'],
  REQUEST: ['assist', 'change', 'yield', 'meet'],
  ACCUSE: ['disapprove', 'investigate', 'allege'],
  REJECT: ['assist', 'change', 'yield', 'meet'],
  THREATEN: ['restrict', 'ban', 'arrest', 'relations', 'expel', 'territory', 'violence'],
  PROTEST: ['demo', 'riot', 'strike', 'hunger', 'boycott', 'obstruct'],
  SANCTION: ['convict', 'expel', 'withdraw', 'discontinue'],
  MOBILIZE: ['troops', 'weapons', 'police', 'militia'],
  COERCE: [
    'seize',
    'restrict',
    'ban',
    'censor',
    'curfew',
    'martial-law',
    'arrest',
    'deport',
    'withhold',
    'misinform',
  ],
  ASSAULT: [
    'abduct',
    'assassinate',
    'beat',
    'cleansing',
    'crowd-control',
    'drone',
    'execute',
    'explosives',
    'firearms',
    'heavy-weapons',
    'primitive',
    'sexual',
    'suicide-attack',
    'torture',
    'unconventional',
  ],
  RETREAT: ['withdraw', 'release', 'return', 'disarm', 'ceasefire', 'access', 'resign'],
} as const satisfies Partial<Record<keyof typeof eventTypes, readonly string[]>>;

/** What each mode means; one that several types share means the same in each. */
export const eventModeDefinitions = {
  visit: 'By travelling to the other.',
  'third-party': 'With somebody in between who mediates.',
  multilateral: 'Among three or more sides.',
  phone: 'By telephone or another link, without meeting.',
  assist: 'Help: material aid, cooperation or support.',
  change: 'A change of policy, leadership, law or rights.',
  yield: 'That a side give way: ease a measure, withdraw, release, end the fighting.',
  meet: 'A meeting, talks or mediation.',
  disapprove: 'By criticism or complaint.',
  investigate: 'By an inquiry.',
  allege: 'By charging a wrong, in public or at law.',
  restrict: 'Limits to freedoms, movement or access.',
  ban: 'A prohibition of parties, persons, gatherings or activities.',
  arrest: 'Detention or charges.',
  relations: 'Reduced or broken relations, aid, trade or agreements.',
  expel: 'Removal of persons or bodies from a country or an organisation.',
  territory: 'Occupation of, or entry into, territory.',
  violence: 'Physical force, up to war.',
  demo: 'By a march, rally or vigil.',
  riot: 'By violence of a crowd.',
  strike: 'By refusing to work.',
  hunger: 'By refusing to eat.',
  boycott: 'By refusing to take part, buy or deal.',
  obstruct: 'By blocking a place or a passage.',
  convict: 'By a court’s verdict or sentence.',
  withdraw:
    'By leaving: an organisation, talks or an agreement as a penalty; a place or position as a retreat.',
  discontinue: 'By ending or suspending aid, trade, talks or relations.',
  troops: 'Soldiers, ships or aircraft.',
  weapons: 'Arms and their deployment or testing.',
  police: 'Police forces.',
  militia: 'Armed groups outside the army.',
  seize: 'Taking property, ships or territory.',
  censor: 'Suppressing publications or media.',
  curfew: 'Ordering people off the streets.',
  'martial-law': 'Rule by the military or by emergency powers.',
  deport: 'Sending people out of the country.',
  withhold: 'Keeping back goods, services or information that are due.',
  misinform: 'Spreading falsehoods.',
  abduct: 'Taking people away by force.',
  assassinate: 'Killing a chosen person for political ends.',
  beat: 'Blows without weapons of war.',
  cleansing: 'Killing or driving out a people.',
  'crowd-control': 'Force against a crowd: batons, tear gas, water cannon.',
  drone: 'Unmanned aircraft.',
  execute: 'Putting captives or convicts to death.',
  explosives: 'Bombs and mines.',
  firearms: 'Guns and small arms.',
  'heavy-weapons': 'Artillery, tanks, missiles or aircraft.',
  primitive: 'Blades, stones, fire or other simple weapons.',
  sexual: 'Rape and other sexual violence.',
  'suicide-attack': 'An attack in which the attacker dies by design.',
  torture: 'Inflicting pain on somebody held.',
  unconventional: 'Chemical, biological, radiological or nuclear weapons.',
  release: 'By setting people or property free.',
  return: 'By giving back people, property or territory.',
  disarm: 'By giving up arms.',
  ceasefire: 'By ceasing to fight.',
  access: 'By letting observers, aid or inspectors in.',
  resign: 'By stepping down.',
} as const satisfies Record<EventMode, string>;

/** The four classes of interaction into which event types fall. */
export const quadClasses = {
  'verbal-cooperation': 'Words that bring sides together.',
  'material-cooperation': 'Deeds that bring sides together.',
  'verbal-conflict': 'Words that set sides against each other.',
  'material-conflict': 'Deeds that set sides against each other.',
} as const;

/** The class of each event type (docs/decisions/0006-quad-classes.md). */
export const quadClassOf = {
  AGREE: 'verbal-cooperation',
  CONSULT: 'verbal-cooperation',
  SUPPORT: 'verbal-cooperation',
  CONCEDE: 'verbal-cooperation',
  COOPERATE: 'material-cooperation',
  AID: 'material-cooperation',
  RETREAT: 'material-cooperation',
  REQUEST: 'verbal-conflict',
  ACCUSE: 'verbal-conflict',
  REJECT: 'verbal-conflict',
  THREATEN: 'verbal-conflict',
  PROTEST: 'material-conflict',
  SANCTION: 'material-conflict',
  MOBILIZE: 'material-conflict',
  COERCE: 'material-conflict',
  ASSAULT: 'material-conflict',
} as const satisfies Record<EventType, QuadClass>;

/** How far an event has come, by the latest report of it. */
export const eventStatuses = {
  occurred: 'It took place, and a source reports it as done.',
  ongoing: 'It had begun and not ended when last reported.',
  planned: 'Somebody able to decide it has announced or scheduled it.',
  proposed: 'Somebody has suggested or asked for it; nobody able to decide it has agreed.',
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
  affected: 'Bears the consequences without taking part.',
} as const;

/** What sort of actor it is. */
export const actorKinds = {
  person: 'A human being, named or not.',
  organization: 'A body with members or staff: ministry, army, company, newspaper, alliance.',
  state: 'A country, also under the name of its capital or government.',
  group: 'People without an organisation of their own: analysts, migrant workers.',
} as const;

/** How a statement stands in its source. */
export const statementForms = {
  quote: 'The words themselves stand in quotation marks.',
  paraphrase: 'The source reports the words indirectly.',
} as const;

/** Where a statement was made. */
export const statementMedia = {
  interview: 'Said to a reporter.',
  'press-conference': 'Said to the press together.',
  post: 'Published on social media.',
  website: "Published on the speaker's or relayer's website.",
  article: 'Written in an article of its own.',
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

/** Which side an actor takes on a claim. */
export const stances = {
  asserts: 'Puts the proposition forward as true.',
  supports: 'Agrees with it or gives it backing without putting it forward.',
  reports: 'Passes it on as what others hold, taking no side.',
  doubts: 'Calls it uncertain, unproven or overstated.',
  denies: 'Says that it is not so.',
} as const;

/** What the positions on a claim amount to; derived when a dataset is loaded. */
export const standings = {
  disputed: 'Somebody denies or doubts what another asserts, or a contradicting claim is asserted.',
  corroborated: 'Two or more independent sources have it asserted, and nobody disputes it.',
  'single-source': 'One source, or none independent of another, has it asserted, undisputed.',
} as const;

/** What sort of article a source is. */
export const sourceKinds = {
  news: 'A report.',
  analysis: 'A report that explains, mostly through experts.',
  interview: 'A report built on one interview.',
  opinion: "A columnist's argument.",
} as const;

/** What somebody named in an article's credits did for it. */
export const contributorRoles = {
  author: 'Wrote it.',
  editor: 'Edited it.',
  photographer: 'Took a photograph in it.',
} as const;

/** What stands around the body of an article. */
export const paratextKinds = {
  headline: 'Its title, or a heading inside it.',
  dateline: 'Place or date at its head.',
  caption: 'The words beneath a picture.',
  credit: 'Who wrote, edited or photographed it.',
  navigation: 'Words of the site around it.',
} as const;

/** The kinds of record that have an id of their own. */
export const recordKinds = {
  dataset: 'A dataset.',
  topic: 'A topic.',
  actor: 'An actor.',
  source: 'A source.',
  event: 'An event.',
  statement: 'A statement.',
  claim: 'A claim.',
} as const;

/** The kinds of record that are found by full text. */
export const searchableKinds = ['event', 'statement', 'claim', 'actor', 'topic', 'source'] as const;

/** What happened to a record in a load. */
export const changeActions = {
  put: 'It was added or its content changed.',
  delete: 'It was withdrawn.',
  merge: 'It was merged into another record.',
} as const;

type Keys<T> = [Extract<keyof T, string>, ...Extract<keyof T, string>[]];

/** The words of a vocabulary, in the order in which it defines them. */
export function words<T extends Record<string, string>>(vocabulary: T): Keys<T> {
  return Object.keys(vocabulary) as Keys<T>;
}

/** Every mode of every event type, each once, sorted. */
export const modes = [...new Set(Object.values(eventModes).flat())].sort() as unknown as [
  EventMode,
  ...EventMode[],
];

export type EventType = keyof typeof eventTypes;
export type EventMode = (typeof eventModes)[keyof typeof eventModes][number];
export type QuadClass = keyof typeof quadClasses;
export type EventStatus = keyof typeof eventStatuses;
export type ParticipantRole = keyof typeof participantRoles;
export type ActorKind = keyof typeof actorKinds;
export type StatementForm = keyof typeof statementForms;
export type StatementMedium = keyof typeof statementMedia;
export type ClaimKind = keyof typeof claimKinds;
export type Stance = keyof typeof stances;
export type Standing = keyof typeof standings;
export type SourceKind = keyof typeof sourceKinds;
export type ContributorRole = keyof typeof contributorRoles;
export type RecordKind = keyof typeof recordKinds;
export type ChangeAction = keyof typeof changeActions;
export type SearchableKind = (typeof searchableKinds)[number];
