import type { z } from 'zod';
import type { Page, PageRequest } from '../../db/lists/paging.ts';
import * as defined from '../../domain/vocabularies.ts';
import { type vocabulary, vocabularyNames, type vocabularySummary } from './schema.ts';

type Vocabulary = z.infer<typeof vocabulary>;
type VocabularySummary = z.infer<typeof vocabularySummary>;
type Terms = Vocabulary['terms'];

const modesOf: Partial<Record<defined.EventType, readonly defined.EventMode[]>> = defined.eventModes;

const eventTypes: Terms = defined.words(defined.eventTypes).map((term) => ({
  term,
  definition: defined.eventTypes[term],
  quadClass: defined.quadClassOf[term],
  modes: [...(modesOf[term] ?? [])],
}));

const eventModes: Terms = defined.modes.map((term) => ({
  term,
  definition: defined.eventModeDefinitions[term],
  types: defined.words(defined.eventTypes).filter((type) => modesOf[type]?.includes(term)),
}));

const VOCABULARIES: Record<Vocabulary['name'], Omit<Vocabulary, 'name'>> = {
  'event-types': {
    description: 'What sort of interaction an event is: the sixteen types of PLOVER.',
    terms: eventTypes,
  },
  'event-modes': {
    description: 'How the interaction takes place, or in what it consists.',
    terms: eventModes,
  },
  'event-statuses': {
    description: 'How far an event has come, by the latest report.',
    terms: terms(defined.eventStatuses),
  },
  'quad-classes': {
    description: 'Whether an event type is cooperation or conflict, in words or in deeds.',
    terms: terms(defined.quadClasses),
  },
  'participant-roles': {
    description: 'What an actor does in an event.',
    terms: terms(defined.participantRoles),
  },
  'link-relations': {
    description:
      'How one event is linked to another; the later four are the same links, seen from the other end.',
    terms: terms({ ...defined.linkRelations, ...defined.inverseRelations }),
  },
  'link-bases': {
    description: 'On what a link between events rests.',
    terms: terms(defined.linkBases),
  },
  measures: { description: 'What the number of a figure is a number of.', terms: terms(defined.measures) },
  'actor-kinds': { description: 'What sort of actor it is.', terms: terms(defined.actorKinds) },
  'statement-forms': { description: 'How a source gives a statement.', terms: terms(defined.statementForms) },
  'statement-media': { description: 'Where a statement was made.', terms: terms(defined.statementMedia) },
  'claim-kinds': { description: 'What sort of proposition a claim is.', terms: terms(defined.claimKinds) },
  stances: { description: 'Which side an actor takes on a claim.', terms: terms(defined.stances) },
  standings: { description: 'What the positions on a claim amount to.', terms: terms(defined.standings) },
  'source-kinds': { description: 'What sort of publication a source is.', terms: terms(defined.sourceKinds) },
  'contributor-roles': {
    description: 'What somebody named in the credits did for an article.',
    terms: terms(defined.contributorRoles),
  },
  'record-kinds': { description: 'The kinds of record that have an id.', terms: terms(defined.recordKinds) },
  'change-actions': { description: 'What a load did to a record.', terms: terms(defined.changeActions) },
};

/** One page of the vocabularies without their words, in the order in which they are defined. */
export function listVocabularies({ after, limit, count }: PageRequest): Page<VocabularySummary> {
  const all: readonly string[] = vocabularyNames;
  const from = after ? all.indexOf(after.id) + 1 : 0;
  const names = vocabularyNames.slice(from, from + limit);
  const last = names.at(-1);
  return {
    items: names.map((name) => {
      const { description, terms } = VOCABULARIES[name];
      return { name, description, count: terms.length };
    }),
    next: last && from + limit < vocabularyNames.length ? { value: '', id: last } : null,
    total: count ? vocabularyNames.length : null,
  };
}

/** A vocabulary with its words in the order in which they are defined; undefined when none has that name. */
export function getVocabulary(name: string): Vocabulary | undefined {
  const known = vocabularyNames.find((candidate) => candidate === name);
  return known && { name: known, ...VOCABULARIES[known] };
}

function terms(words: Record<string, string>): Terms {
  return Object.entries(words).map(([term, definition]) => ({ term, definition }));
}
